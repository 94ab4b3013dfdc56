import type { LetterheadBody, WrittenAuthority } from '#contracts/letterhead.js';
import type { Text } from '#contracts/text.js';

export const letterheadTexts = {
  title: { vi: 'Tiêu đề, ký hiệu và chữ ký trên văn bản', en: 'Letterhead, symbols and signature blocks' },
  hint: {
    vi: 'Áp dụng cho văn bản soạn từ ngày chọn; văn bản đã có số giữ nguyên như đã in.',
    en: 'Used for documents drafted from that day on; numbered ones stay as they were printed.',
  },
  superior: { vi: 'Cơ quan chủ quản (để trống nếu không có)', en: 'Superior (empty: none)' },
  issuer: { vi: 'Tên cơ quan ban hành', en: 'Name of the office' },
  place: { vi: 'Địa danh', en: 'Place' },
  symbol: { vi: 'Ký hiệu cơ quan', en: 'Symbol of the office' },
  letterSymbol: { vi: 'Ký hiệu công văn', en: 'Symbol of its letters' },
  collective: { vi: 'Thay mặt (TM.), để trống nếu không có', en: 'Collective (TM.), empty: none' },
  headTitle: { vi: 'Chức vụ người đứng đầu', en: 'Position of the head' },
  line: { vi: 'Dòng quyền hạn {mark} (để trống: tự lập)', en: 'Line of {mark} (empty: made)' },
  allowed: { vi: 'Được ký {mark}', en: 'May sign {mark}' },
  from: { vi: 'Áp dụng từ', en: 'Used from' },
  preview: { vi: 'Xem trước', en: 'Preview' },
  save: { vi: 'Lưu mẫu', en: 'Save' },
  saved: { vi: 'Đã lưu mẫu mới.', en: 'The new letterhead is saved.' },
  versions: { vi: 'Các bản đã lưu', en: 'Saved versions' },
  none: {
    vi: 'Chưa sửa: đang dùng mẫu do phần mềm lập từ tên và loại cơ quan.',
    en: 'Never changed: made from the name and kind of the office.',
  },
  inForce: { vi: 'đang áp dụng', en: 'in force' },
  of: { vi: 'Văn bản mang tên', en: 'Documents in the name of' },
} as const satisfies Record<string, Text>;

export const letterheadBodyTexts = {
  own: { vi: 'Chính cơ quan', en: 'The office itself' },
  party: { vi: 'Đảng ủy của cơ quan', en: 'Its Party body' },
} satisfies Record<LetterheadBody, Text>;

export const marks = { KT: 'KT.', TL: 'TL.', TUQ: 'TUQ.', Q: 'Q.' } satisfies Record<WrittenAuthority, string>;
