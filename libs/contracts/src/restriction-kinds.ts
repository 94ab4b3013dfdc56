import type { Text } from './text.js';

/**
 * Why a person may not be sent abroad at present. Source: Thành ủy TP. Hồ Chí Minh, Quy định 2184 (DOMAIN 5, "Eligibility checks");
 * `retiring` from criticism in the press, without a legal text seen.
 */
export const restrictionKinds = [
  'exitSuspension',
  'underInspection',
  'disciplinaryReview',
  'suspendedFromDuty',
  'criminalProceedings',
  'unsettledObligation',
  'retiring',
] as const;
export type RestrictionKind = (typeof restrictionKinds)[number];

export const restrictionTexts = {
  exitSuspension: text('Tạm hoãn xuất cảnh', 'Exit suspended'),
  underInspection: text('Đang bị kiểm tra, thanh tra', 'Under inspection'),
  disciplinaryReview: text('Đang bị xem xét kỷ luật', 'Under disciplinary review'),
  suspendedFromDuty: text('Đang bị đình chỉ công tác', 'Suspended from duty'),
  criminalProceedings: text('Bị khởi tố, đang chấp hành án', 'Criminal proceedings or sentence'),
  unsettledObligation: text(
    'Còn nghĩa vụ dân sự, kinh tế, nợ chưa giải quyết',
    'Unsettled civil or financial obligation',
  ),
  retiring: text('Sắp nghỉ hưu', 'About to retire'),
} satisfies Record<RestrictionKind, Text>;

function text(vi: string, en: string): Text {
  return { vi, en };
}
