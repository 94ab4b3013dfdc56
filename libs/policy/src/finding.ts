import type { requestRules } from '#contracts/request-rules.js';
import type { Text } from '#contracts/text.js';
import type { ExceptionRule, Severity } from './profile.js';
import type { Trip } from './trip.js';

/** What a trip is judged by. */
export const policyRules = [
  'dates',
  'destination',
  'delegationLeader',
  'memberCount',
  'dayCount',
  'countryCount',
  'tripsPerYear',
  'twoLeaders',
  'leadersAbroadTogether',
  'overlap',
  'leadTime',
  'outOfPlan',
  'planPeriod',
  'funding',
  'studyOnBudget',
  'eligibility',
  'unfinishedDuties',
  'duplicate',
  'moratorium',
  'classifiedContent',
  'classifiedReference',
  'noSecretsDeclared',
] as const;
export type PolicyRule = (typeof policyRules)[number] | (typeof requestRules)[number];

/** What one rule says of one trip. `pass` is reported too, so that a reviewer sees what was checked and against which number. */
export interface Finding {
  readonly rule: PolicyRule;
  readonly severity: Severity | 'pass';
  /** True when the rule is broken and the proposal gives a reason. */
  readonly justified: boolean;
  readonly source: string | null;
  /** Whose number was borrowed where there is no source of the province's own. */
  readonly reference: string | null;
  /** Numbers, days and ids behind the sentence; no names of people. */
  readonly values: Readonly<Record<string, string | number | readonly string[]>>;
  readonly text: Text;
}

/** The rules that stop a submission. */
export function blocksOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.severity === 'block');
}

/** Everything a person must see: all that is not simply in order. */
export function problemsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.severity !== 'pass');
}

export function isJustified(trip: Trip, rule: ExceptionRule): boolean {
  return trip.exceptions.some((exception) => exception.rule === rule && exception.justification.trim() !== '');
}

/** How hard a rule is in this province, and on what ground. */
export interface Hardness {
  readonly severity: Severity;
  readonly whenJustified: Severity;
  readonly source: string | null;
  readonly reference?: string | undefined;
}

/** One rule that can be broken with a reason. */
export function judged({
  rule,
  broken,
  justified,
  hard,
  values,
  text,
}: {
  rule: PolicyRule;
  broken: boolean;
  justified: boolean;
  hard: Hardness;
  values: Finding['values'];
  text: Text;
}): Finding {
  const severity = !broken ? 'pass' : justified ? hard.whenJustified : hard.severity;
  const { source, reference = null } = hard;
  return { rule, severity, justified: broken && justified, source, reference, values, text };
}

/** A rule of the product itself: no province can soften it, no reason lifts it. */
export function absolute({
  rule,
  broken,
  source = null,
  values = {},
  text,
}: {
  rule: PolicyRule;
  broken: boolean;
  source?: string | null;
  values?: Finding['values'];
  text: Text;
}): Finding {
  return { rule, severity: broken ? 'block' : 'pass', justified: false, source, reference: null, values, text };
}
