import { exceptionTexts, fundingTexts, purposeTexts, roleTexts } from '../case/kind-texts';
import { formatAmount, formatDay } from '../format';
import type { LanguageValue } from '../language';
import type { TextKey } from '../texts';
import type { ProposalField, ProposalFields } from './values';

export const fieldTexts: Readonly<Record<ProposalField, TextKey>> = {
  delegationName: 'delegation',
  capacity: 'capacity',
  purposeKind: 'purposeKind',
  purpose: 'purpose',
  members: 'members',
  countries: 'countries',
  departureDate: 'departureDate',
  returnDate: 'returnDate',
  dayCount: 'days',
  includesTravelDays: 'includesTravel',
  partners: 'partners',
  content: 'content',
  funding: 'funding',
  outOfPlanJustification: 'outOfPlanReason',
  urgentReason: 'urgentReason',
  exceptions: 'exceptions',
  noStateSecrets: 'noStateSecrets',
};

type Show = { readonly [Field in ProposalField]?: (value: ProposalFields[Field], t: LanguageValue['t']) => string };

const joined = (parts: readonly (string | false | null | undefined)[], by = ', ') => parts.filter(Boolean).join(by);

/** Fields that are more than a line of text. */
const shows: Show = {
  purposeKind: (kind, t) => t(purposeTexts[kind]),
  members: (members, t) =>
    members
      .map((one) =>
        joined([one.fullName, one.position, one.organisation, one.role !== 'member' && t(roleTexts[one.role])]),
      )
      .join('\n'),
  countries: (countries) => countries.map((one) => one.name).join(' → '),
  departureDate: (day) => formatDay(day),
  returnDate: (day) => formatDay(day),
  includesTravelDays: (value, t) => t(value ? 'yes' : 'no'),
  noStateSecrets: (value, t) => t(value ? 'yes' : 'no'),
  funding: (lines, t) =>
    lines
      .map((one) =>
        joined(
          [one.label || t(fundingTexts[one.source]), one.amount !== null && formatAmount(one.amount, one.currency)],
          ': ',
        ),
      )
      .join('\n'),
  exceptions: (list, t) => list.map((one) => `${t(exceptionTexts[one.rule])}: ${one.justification}`).join('\n'),
};

/** Any field of a proposal as lines people can compare. */
export function shownValue<Field extends ProposalField>(
  field: Field,
  value: ProposalFields[Field],
  t: LanguageValue['t'],
): string {
  const show = shows[field] as ((value: ProposalFields[Field], t: LanguageValue['t']) => string) | undefined;
  const text = show ? show(value, t) : String(value ?? '');
  return text.trim() === '' ? '–' : text;
}
