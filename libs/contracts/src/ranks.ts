import type { Text } from './text.js';

/**
 * Under whose management a position stands, highest first; it decides which approval steps a trip takes. A mixed delegation takes the
 * route of its highest member.
 */
export const memberRanks = [
  'politburo',
  'centralManaged',
  'standingCommitteeManaged',
  'chairmanManaged',
  'unitManaged',
] as const;
export type MemberRank = (typeof memberRanks)[number];

export const memberRankTexts = {
  politburo: text('Ủy viên Bộ Chính trị, Bí thư Trung ương', 'Politburo member, Party Central Secretary'),
  centralManaged: text(
    'Lãnh đạo chủ chốt tỉnh, diện Trung ương quản lý',
    'Key provincial leader under central management',
  ),
  standingCommitteeManaged: text(
    'Diện Ban Thường vụ Tỉnh ủy quản lý',
    'Managed by the Standing Board of the Provincial Party Committee',
  ),
  chairmanManaged: text(
    'Diện Chủ tịch UBND tỉnh quyết định',
    "Decided by the Chairman of the Provincial People's Committee",
  ),
  unitManaged: text('Diện đơn vị quản lý', 'Managed by the unit'),
} satisfies Record<MemberRank, Text>;

function text(vi: string, en: string): Text {
  return { vi, en };
}
