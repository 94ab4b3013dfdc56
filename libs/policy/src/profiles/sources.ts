/**
 * Documents the shipped profiles rest on. `binding` ones may stand as a source; the others were seen in another province or ministry and
 * may only be a reference beside an assumption. What has neither is an assumption without a model.
 */
export const sources = {
  directive38: 'Chỉ thị 38-CT/TW ngày 21/07/2014 của Bộ Chính trị',
  decision58: 'Quyết định 58/2012/QĐ-TTg (hiệu lực hiện tại chưa rõ)',
  circular8: 'Thông tư 08/2025/TT-BNG ngày 13/06/2025',
  haNoiPlan: 'Kế hoạch ngày 29/12/2014 của Hà Nội thực hiện Chỉ thị 38-CT/TW',
  haNoiReport: 'Hà Nội: trưởng đoàn báo cáo trong 10 ngày sau chuyến đi (thực hiện Chỉ thị 38-CT/TW)',
  haNoiProcedure: 'Thủ tục hành chính của Hà Nội: tiếp nhận 1, Sở Ngoại vụ 2, UBND 2, trả kết quả 1 ngày làm việc',
  haNoiDossier:
    'Thủ tục đoàn ra của Hà Nội: công văn cử, thư mời kèm bản dịch, thông báo của Ban Tổ chức Thành ủy (cán bộ diện cấp ủy)',
  thaiNguyenPlan: 'Kế hoạch 43/KH-UBND ngày 08/04/2019 của Thái Nguyên',
  tuyenQuangPlans: 'Chương trình 01/CTr-UBND (06/01/2020; 22/01/2021) và 02/CTr-UBND (12/01/2023) của Tuyên Quang',
  dongNaiPlan: 'Kế hoạch 90 ngày 14/03/2024 của Đồng Nai; công văn 6373-CV/TU ngày 30/11/2023 của Tỉnh ủy',
  dongNaiDossier: 'Thủ tục đoàn ra của Đồng Nai (đối tượng do Tỉnh ủy quản lý)',
  civilCode148: 'Bộ luật Dân sự 2015, Điều 148 khoản 5',
  dongNaiSupplement: 'Thủ tục của Đồng Nai: thời hạn tính lại từ ngày hồ sơ đầy đủ, hợp lệ',
  daNang: 'Công văn 101/UBND-SNV ngày 09/07/2025 của Đà Nẵng',
  daNang2017:
    'Chỉ đạo năm 2017 của Đà Nẵng: không tham quan, học tập bằng ngân sách; ngoài kế hoạch chỉ khi thật cần thiết',
  decision6: 'Quyết định 06/2020/QĐ-TTg (hiệu lực 15/04/2020)',
} as const;

/** Numbers of others that an assumption follows. */
export const references = {
  hueProcedure: 'Thủ tục hành chính của Thừa Thiên Huế: Sở Ngoại vụ 3 ngày, UBND tỉnh 3,5 ngày làm việc',
  supplementRestart: 'Thủ tục của Đồng Nai và Bình Dương: thời hạn tính lại từ ngày hồ sơ đầy đủ, hợp lệ',
  moetLeadTime: 'Bộ Giáo dục và Đào tạo: hồ sơ trước ngày đi ít nhất 20 ngày làm việc',
  moetSupplement: 'Bộ Giáo dục và Đào tạo: bổ sung trong 2 ngày làm việc',
  hcmcEligibility: 'Quy định 2184 của Thành ủy TP. Hồ Chí Minh về các trường hợp chưa cho xuất cảnh',
  financeDuplicate: 'Bộ Tài chính: không trùng thời gian, nơi đến, nội dung trong 3 năm',
  haNoi2010: 'Hà Nội năm 2010: rà soát đoàn chưa báo cáo, đề nghị phê bình',
  binhDuongProcedure: 'Danh mục thủ tục của Sở Ngoại vụ Bình Dương (thẩm quyền Chủ tịch UBND tỉnh)',
  hueDossier: 'Thủ tục đoàn ra của Thừa Thiên Huế (danh sách trích ngang)',
  bacGiang: 'Bắc Giang: đơn vị gửi Sở Ngoại vụ trước ngày tiếp ít nhất 5 ngày làm việc',
  quangNgai: 'Quảng Ngãi: người đứng đầu báo cáo bằng văn bản trước khi đi ít nhất 3 ngày',
  partyCell: 'Đảng ủy Trường Đại học Luật TP. Hồ Chí Minh: báo cáo chi bộ trong 07 ngày làm việc',
  mofaPractice: 'Hà Nội: trao đổi với cơ quan đại diện khi chuẩn bị (không có số ngày)',
} as const;
