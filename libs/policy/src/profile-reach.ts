import type { Text } from '#contracts/text.js';
import type { ProvinceProfile } from './profile.js';

/**
 * What a changed field of a profile reaches. running: cases being decided are judged by it at once; newCases: a case keeps what it began
 * with, so only those opened later; plan: the annual plan and what is due every year; wording: names, sources, identity.
 */
export const reaches = ['running', 'newCases', 'plan', 'wording'] as const;
export type Reach = (typeof reaches)[number];

export const reachTexts = {
  running: { vi: 'Hồ sơ đang xử lý và hồ sơ mới', en: 'Running and new cases' },
  newCases: { vi: 'Chỉ hồ sơ mở từ ngày có hiệu lực', en: 'Only cases opened from that day on' },
  plan: { vi: 'Kế hoạch năm và việc hằng năm', en: 'The annual plan and yearly duties' },
  wording: { vi: 'Chỉ tên gọi, căn cứ', en: 'Names and sources only' },
} as const satisfies Record<Reach, Text>;

/** By part; a part nobody thought of does not compile. */
const parts: Readonly<Record<keyof ProvinceProfile, Reach>> = {
  $schema: 'wording',
  id: 'wording',
  version: 'wording',
  provinceCode: 'wording',
  name: 'wording',
  validFrom: 'wording',
  validTo: 'wording',
  focalOrganisationCode: 'running',
  decisionOfficeCode: 'running',
  authorityOrganisationCode: 'running',
  clock: 'running',
  routes: 'running',
  deadlines: 'newCases',
  escalation: 'wording',
  annualPlan: 'plan',
  planReminders: 'plan',
  periodicReports: 'plan',
  otherPeriods: 'plan',
  limits: 'running',
  leadTimes: 'running',
  outOfPlan: 'running',
  planPeriod: 'running',
  enterprisePaid: 'running',
  studyOnBudget: 'running',
  unfinishedDuties: 'running',
  overlap: 'running',
  duplicates: 'running',
  eligibility: 'running',
  moratoria: 'running',
  dossierChecklist: 'running',
  opinions: 'running',
  silenceMeansConsent: 'newCases',
  newDecisionFromChangedFields: 'newCases',
};

/** Fields that reach elsewhere than the part they stand in. The first that fits is taken. */
const exceptions: readonly (readonly [RegExp, Reach])[] = [
  [/\.(source|reference)$|\.(name|subject)(\.|$)/, 'wording'],
  [/^(routes|moratoria)\.[^.]+\.id$|^moratoria\..*\.exceptions\.[^.]+\.(number|date)$/, 'wording'],
  [/^clock\.(supplement|tightWithin)\./, 'newCases'],
  [/^routes\.[^.]+\.decision\./, 'newCases'],
  // A level's reminders come from there when the case is put before it.
  [/^deadlines\.approvalDeadline\.ladder(\.|$)/, 'running'],
  // No reason lifts a bar to travel, so how hard it is with one is never asked.
  [/^eligibility\.[^.]+\.whenJustified$/, 'wording'],
];

/** `path` as in a difference of two profiles: "limits.membersMax.0.value". */
export function reachOf(path: string): Reach {
  const exception = exceptions.find(([pattern]) => pattern.test(path));
  if (exception) return exception[1];
  const part = path.split('.', 1)[0] as keyof ProvinceProfile;
  return parts[part];
}
