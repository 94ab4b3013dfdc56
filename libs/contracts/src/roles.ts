import type { Text } from './text.js';

/**
 * What a person may be in an organisation (DESIGN section 5). The organisation gives the role its weight: `leader` at the
 * People's Committee approves the People's Committee step, `leader` at the focal agency approves the focal agency's step.
 */
export const roles = ['unitOfficer', 'unitHead', 'reviewer', 'leader', 'clerk', 'administrator', 'inspector'] as const;
export type Role = (typeof roles)[number];

/** What people call a role; the organisation it is held in is named beside it. */
export const roleTexts = {
  unitOfficer: { vi: 'Chuyên viên lập hồ sơ', en: 'Unit officer' },
  unitHead: { vi: 'Thủ trưởng đơn vị', en: 'Head of the unit' },
  reviewer: { vi: 'Chuyên viên thẩm định, cho ý kiến', en: 'Reviewer' },
  leader: { vi: 'Lãnh đạo duyệt', en: 'Leader' },
  clerk: { vi: 'Văn thư', en: 'Clerk' },
  administrator: { vi: 'Quản trị hệ thống', en: 'Administrator' },
  inspector: { vi: 'Thanh tra, giám sát', en: 'Inspector' },
} satisfies Record<Role, Text>;
