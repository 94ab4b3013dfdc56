import dayjs, { type Dayjs } from 'dayjs';
import type { ProposalContent, ProposalMember, ProposalPatch } from '#contracts/proposal.js';
import { countryCode } from './countries';

/** What the form holds: the proposal, with its two days as one range and with rows that may still be empty. */
export interface ProposalValues extends Omit<ProposalContent, 'departureDate' | 'returnDate'> {
  readonly dates: readonly [Dayjs | null, Dayjs | null] | null;
}

const patchable = [
  'delegationName',
  'capacity',
  'purposeKind',
  'purpose',
  'members',
  'countries',
  'departureDate',
  'returnDate',
  'dayCount',
  'includesTravelDays',
  'partners',
  'content',
  'funding',
  'outOfPlanJustification',
  'urgentReason',
  'exceptions',
  'noStateSecrets',
] as const satisfies readonly (keyof ProposalContent)[];
export type ProposalField = (typeof patchable)[number];
export type ProposalFields = Pick<ProposalContent, ProposalField>;

export function valuesOf(proposal: ProposalContent): ProposalValues {
  const { departureDate, returnDate, ...rest } = proposal;
  return { ...rest, dates: departureDate ? [dayjs(departureDate), returnDate ? dayjs(returnDate) : null] : null };
}

const iso = (day: Dayjs | null | undefined) => day?.format('YYYY-MM-DD') ?? null;
const isFilled = (text: string | null | undefined) => Boolean(text?.trim());
const isMember = (member: ProposalMember) =>
  isFilled(member.fullName) || isFilled(member.position) || isFilled(member.organisation);

/** Rows without anything in them are not sent; neither is a justification shorter than the contract takes. */
export function contentOf(values: ProposalValues): ProposalFields {
  const { dates, ...rest } = values;
  return {
    ...rest,
    departureDate: iso(dates?.[0]),
    returnDate: iso(dates?.[1]),
    members: values.members.filter(isMember).map((member) => ({
      personId: member.personId ?? null,
      fullName: member.fullName ?? '',
      position: member.position ?? '',
      organisation: member.organisation ?? '',
      role: member.role,
    })),
    countries: values.countries
      .filter((country) => isFilled(country?.name))
      .map(({ name, code }) => ({ name, code: countryCode(name) ?? code ?? null })),
    funding: values.funding.map((line) => ({ ...line, label: line.label ?? '', amount: line.amount ?? null })),
    exceptions: values.exceptions.filter((one) => (one?.justification ?? '').trim().length >= 10),
  };
}

/** Compares by content, whatever the order of the keys. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

export function changedFields(before: ProposalFields, after: ProposalFields): ProposalField[] {
  return patchable.filter((field) => !same(before[field], after[field]));
}

/** As the form would send what is stored: what only differs by that is no change. */
export const fieldsOf = (proposal: ProposalContent): ProposalFields => contentOf(valuesOf(proposal));

export function patchOf(fields: readonly ProposalField[], content: ProposalFields): ProposalPatch {
  return Object.fromEntries(fields.map((field) => [field, content[field]]));
}
