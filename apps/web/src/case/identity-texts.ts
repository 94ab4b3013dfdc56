/** Words of the papers of a delegation alone. */
export const identityTexts = {
  title: { vi: 'Hộ chiếu, ngày sinh của đoàn', en: 'Passports and birth dates' },
  intro: {
    vi: 'Được mã hóa; mỗi lần xem đều ghi lại người xem và lý do. Tự xóa sau khi hồ sơ kết thúc.',
    en: 'Kept encrypted; each look is recorded with who and why. Erased by itself after the case has ended.',
  },
  passportNumber: { vi: 'Số hộ chiếu', en: 'Passport number' },
  birthDate: { vi: 'Ngày sinh', en: 'Date of birth' },
  expiresOn: { vi: 'Hộ chiếu hết hạn', en: 'Passport expires' },
  none: { vi: 'Chưa có', en: 'None yet' },
  view: { vi: 'Xem', en: 'Show' },
  reason: { vi: 'Lý do xem', en: 'Reason' },
  chooseReason: { vi: 'Chọn lý do', en: 'Choose a reason' },
  hide: { vi: 'Ẩn', en: 'Hide' },
  enter: { vi: 'Nhập', en: 'Enter' },
  keepEmpty: { vi: 'Ô để trống thì giữ nguyên.', en: 'What is left empty stays as it is.' },
  save: { vi: 'Lưu', en: 'Save' },
  cancel: { vi: 'Thôi', en: 'Cancel' },
} as const;
