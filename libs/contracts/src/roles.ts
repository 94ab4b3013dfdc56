/**
 * What a person may be in an organisation (DESIGN section 5). The organisation gives the role its weight: `leader` at the
 * People's Committee approves the People's Committee step, `leader` at the focal agency approves the focal agency's step.
 */
export const roles = ['unitOfficer', 'unitHead', 'reviewer', 'leader', 'clerk', 'administrator', 'inspector'] as const;
export type Role = (typeof roles)[number];
