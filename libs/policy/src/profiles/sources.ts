/** Where the numbers of the shipped profile come from. What has no entry is an assumption and carries null. */
export const sources = {
  directive38: 'Chỉ thị 38-CT/TW ngày 21/07/2014 của Bộ Chính trị',
  haNoiPlan: 'Kế hoạch ngày 29/12/2014 của Hà Nội thực hiện Chỉ thị 38-CT/TW',
  haNoiReport: 'Hà Nội: báo cáo trong 10 ngày sau chuyến đi; QĐ 3800/QĐ-BCT năm 2018, Điều 19',
  haNoiProcedure: 'Thủ tục hành chính của Hà Nội: tiếp nhận 1, Sở Ngoại vụ 2, UBND 2, trả kết quả 1 ngày làm việc',
  hueProcedure: 'Thủ tục hành chính của Thừa Thiên Huế: Sở Ngoại vụ 3 ngày, UBND tỉnh 3,5 ngày làm việc',
  decision58: 'Quyết định 58/2012/QĐ-TTg (hiệu lực hiện tại chưa rõ)',
  haNoiDossier: 'Thủ tục đoàn ra của Hà Nội: thông báo của Ban Tổ chức Thành ủy với cán bộ diện cấp ủy quản lý',
  binhDuongProcedure: 'Danh mục thủ tục của Sở Ngoại vụ Bình Dương (thẩm quyền Chủ tịch UBND tỉnh)',
  circular8: 'Thông tư 08/2025/TT-BNG ngày 13/06/2025',
  moetLeadTime:
    'Quy trình của Bộ Giáo dục và Đào tạo: hồ sơ trước ngày đi ít nhất 20 ngày làm việc (quy định của bộ, không phải của tỉnh)',
  dongNaiDossier: 'Thủ tục đoàn ra của Đồng Nai (đối tượng do Tỉnh ủy quản lý)',
  daNang: 'Công văn 101/UBND-SNV ngày 09/07/2025 của Đà Nẵng; Kế hoạch ngày 29/12/2014 của Hà Nội',
  thaiNguyenPlan: 'Kế hoạch 43 ngày 08/04/2019 của Thái Nguyên',
  supplementRestart: 'Thủ tục của Đồng Nai và Bình Dương: thời hạn tính lại từ ngày hồ sơ đầy đủ, hợp lệ',
  civilCode148: 'Bộ luật Dân sự 2015, Điều 148 khoản 5',
} as const;
