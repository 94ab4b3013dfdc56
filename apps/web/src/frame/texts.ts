import type { Text } from '#contracts/text.js';

/** Words around every page. */
export const frameTexts = {
  rulesPage: { vi: 'Quy chế', en: 'Rules' },
  display: { vi: 'Hiển thị', en: 'Display' },
  theme: { vi: 'Nền', en: 'Theme' },
  themeAuto: { vi: 'Theo thiết bị', en: 'As the device' },
  themeLight: { vi: 'Sáng', en: 'Light' },
  themeDark: { vi: 'Tối', en: 'Dark' },
  density: { vi: 'Mật độ', en: 'Density' },
  densityRoomy: { vi: 'Thoáng', en: 'Roomy' },
  densityCompact: { vi: 'Dày', en: 'Compact' },
  offline: {
    vi: 'Mất kết nối mạng. Bạn vẫn đọc được trang đang mở; việc chưa lưu sẽ gửi khi có mạng lại.',
    en: 'No network. The open page can still be read; what is not saved is sent when the network is back.',
  },
  notNewest: {
    vi: 'Chưa tải được bản mới nhất; trang đang hiện bản trước.',
    en: 'The newest version could not be loaded; the page shows the one before.',
  },
  board: { vi: 'Bảng theo giai đoạn', en: 'Board' },
  table: { vi: 'Danh sách', en: 'Table' },
  ended: { vi: 'Đã kết thúc', en: 'Ended' },
  boardEmpty: { vi: 'Không có hồ sơ', en: 'No case' },
} as const satisfies Record<string, Text>;
