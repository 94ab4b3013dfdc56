import type { Condition, ProvinceProfile } from '#libs/policy';
import { type LanguageValue, useLanguage } from '../language';
import { ruleTexts } from './rule-texts';
import { valueText } from './value-texts';

export type Say = LanguageValue['say'];
export type Rule = ProvinceProfile['routes'][number]['steps'][number]['rule'];

export const put = (text: string, values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).reduce((whole, [name, value]) => whole.replaceAll(`{${name}}`, String(value)), text);

/** "5 ngày làm việc", "30 ngày trước"; counted from what, where that is said. */
export function periodWords(rule: Rule, say: Say, from?: string): string {
  const amount = `${rule.amount} ${say(valueText(rule.unit))}`;
  if (from === undefined) return amount;
  return `${amount} ${say(valueText(rule.direction))} ${say(valueText(from))}`;
}

/** When a row of the profile applies, as one sentence. */
export function conditionWords(when: Condition, say: Say): string {
  const list = (values: readonly string[]) => values.map((one) => say(valueText(one))).join(`, ${say(ruleTexts.or)} `);
  const parts = [
    when.highestRank && `${say(ruleTexts.highestRank)} ${list(when.highestRank)}`,
    when.leaderRank && `${say(ruleTexts.leaderRank)} ${list(when.leaderRank)}`,
    when.leaderIsDeputy !== undefined && say(ruleTexts[when.leaderIsDeputy ? 'leaderIsDeputy' : 'leaderIsHead']),
    when.anyMemberOf && `${say(ruleTexts.anyMemberOf)} ${list(when.anyMemberOf)}`,
    when.planLine && say(valueText(when.planLine)),
    when.purposes && `${say(ruleTexts.purposes)}: ${list(when.purposes)}`,
    when.funding && `${say(ruleTexts.funding)}: ${list(when.funding)}`,
    when.invited !== undefined && say(ruleTexts[when.invited ? 'invited' : 'notInvited']),
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? say(ruleTexts.always) : parts.join(`; ${say(ruleTexts.and)} `);
}

/** The document behind a number, or that there is none. */
export function Ground({
  of,
}: {
  readonly of: { readonly source: string | null; readonly reference?: string | undefined };
}) {
  const { t } = useLanguage();
  if (of.source !== null) return of.source;
  return (
    <span className="muted">{of.reference ? t('assumptionAfter', { reference: of.reference }) : t('assumption')}</span>
  );
}
