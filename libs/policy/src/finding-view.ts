import type { FindingView } from '#contracts/case.js';
import type { Finding, PolicyRule } from './finding.js';

/** A finding as pages show it: the same from the server and from a browser that judges while somebody types. */
export function findingView({ rule, severity, text, source, reference, justified }: Finding): FindingView {
  const outcome = severity === 'warning' || severity === 'note' ? 'warn' : severity;
  return { rule, outcome, text, source, reference, justified };
}

/** What these say depends on other trips or on the register of bars, which leave the server for nobody. */
export const rulesOfRegisters: readonly PolicyRule[] = [
  'tripsPerYear',
  'leadersAbroadTogether',
  'overlap',
  'eligibility',
  'unfinishedDuties',
  'duplicate',
];
