import { describe, expect, test } from '@jest/globals';
import { type ProposalContentInput, proposalContent } from '#contracts/proposal.js';
import { type RestrictionKind, restrictionKinds } from '#contracts/restriction-kinds.js';
import { ruleProfileJsonSchema } from '#contracts/rule-profile-schema.js';
import { createBusinessCalendar, instantAt, vietnamHolidays } from '#libs/calendar';
import {
  fieldName,
  judgementDifferences,
  judgeRequest,
  judgeTrip,
  missingDocuments,
  type OtherTrip,
  outcomeOf,
  type PastTrip,
  type ProvinceProfile,
  reachOf,
  shippedProfiles,
  tripOf,
} from '#libs/policy';
import { delegationInput, opinionsWanted } from './province-rules.js';

/**
 * Every field a profile can have, changed one at a time: what is said to reach running cases changes how one of the trips below is judged,
 * what is said to reach new cases changes what a case begins with, and nothing else changes either.
 */
type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const schema = ruleProfileJsonSchema(fieldName);

interface Leaf {
  readonly path: string;
  readonly choices: readonly unknown[];
}

/** The leaves of the schema, rows of a list as "*", with the values a closed list allows. */
function leavesOf(node: unknown, path: string): readonly Leaf[] {
  if (!isObject(node)) return [];
  if (typeof node.$ref === 'string') return leavesOf((schema.$defs as Json)[node.$ref.split('/').at(-1)!], path);
  const inside = (name: string) => (path === '' ? name : `${path}.${name}`);
  const variants = [node.anyOf, node.oneOf].flatMap((one) => (Array.isArray(one) ? one : []));
  if (variants.length > 0) return variants.flatMap((one) => leavesOf(one, path));
  if (isObject(node.properties))
    return Object.entries(node.properties).flatMap(([name, one]) => leavesOf(one, inside(name)));
  if (node.items !== undefined) return leavesOf(node.items, inside('*'));
  if (node.type === 'null') return [];
  return [{ path, choices: Array.isArray(node.enum) ? node.enum : 'const' in node ? [node.const] : [] }];
}

const leaves = leavesOf(schema, '');
const choicesAt = (path: string) => leaves.filter((leaf) => leaf.path === path).flatMap(({ choices }) => choices);
const general = (path: string) => path.replaceAll(/\.\d+(?=\.|$)/g, '.*');

const rank = 'standingCommitteeManaged';
/** Every condition there is, and all of them hold for the trip. */
const when = {
  ...{ highestRank: [rank], leaderRank: [rank], leaderIsDeputy: false, anyMemberOf: [rank] },
  ...{ planLine: 'outOfPlan', purposes: ['study'], funding: ['stateBudget'], invited: true },
} as const;
const ground = { source: 'Quy chế bản thử, Điều 1', reference: 'Tỉnh khác, Điều 2' };
const own = { afterClosing: 'sameDay', lastRestDay: 'stays' } as const;
const shipped = shippedProfiles.find(({ id }) => id === 'tuyen-quang')!;
const [firstRoute] = shipped.routes;
const report = shipped.deadlines.reportDeadline!;
const step = firstRoute!.steps[0]!;
const ladder = [
  { key: 'a', at: { kind: 'fraction', of: 0.5 }, template: 'deadlineApproaching', to: ['assignee'] },
  {
    ...{ key: 'b', at: { kind: 'workingDays', offset: -1 }, template: 'deadlineApproaching' },
    to: ['unitHead', 'focalReviewer', 'decisionClerk', 'provincialLeader'],
  },
] as const;

/** One row of each kind, each limit broken by one; nothing left out. */
function everything(beyondCeiling: boolean): ProvinceProfile {
  const row = (found: number) => ({
    ...{ when, value: found - 1, per: 'trip', severity: 'warning', whenJustified: 'note', ...ground },
    ceiling: { value: beyondCeiling ? found - 1 : found, severity: 'block' },
  });
  const flat = { severity: 'warning', whenJustified: 'note', ...ground };
  const leadTime = (amount: number) => ({
    rule: { amount, unit: 'workingDay', direction: 'before', source: ground.source, ...own },
    ...{ severity: 'warning', whenJustified: 'note', reference: ground.reference },
  });
  const withRule = { ...step.rule, unit: 'calendarDay', source: ground.source };
  const profile = {
    ...shipped,
    $schema: 'rule-profile.schema.json',
    validTo: '2030-01-01',
    clock: Object.fromEntries(Object.entries(shipped.clock).map(([name, one]) => [name, { ...one, ...ground }])),
    routes: [
      {
        ...{ id: 'all', name: firstRoute!.name, when, decision: firstRoute!.decision, ...ground },
        steps: [
          { ...step, rule: withRule, ...ground },
          { ...step, id: 'second', rule: { ...withRule, ...own }, ...ground },
        ],
      },
      { ...firstRoute!, id: 'rest', when: {}, steps: [step] },
    ],
    deadlines: Object.fromEntries(
      Object.entries(shipped.deadlines).map(([name, one]) => [
        name,
        {
          ...(one ?? report),
          rule: { ...(one ?? report).rule, unit: 'calendarDay', source: ground.source, ...own },
          ladder,
          reference: ground.reference,
        },
      ]),
    ),
    escalation: { provincialLeaders: { value: false, ...ground } },
    annualPlan: { ministryLetter: { ...shipped.annualPlan.ministryLetter, ...ground } },
    planReminders: {
      itemWithoutDossier: { ...shipped.planReminders.itemWithoutDossier, ...ground },
      yearly: [{ ...shipped.planReminders.yearly[0]!, ...ground }],
    },
    periodicReports: Object.fromEntries(
      Object.entries(shipped.periodicReports).map(([name, rule]) => [name, { ...rule, ...own }]),
    ),
    otherPeriods: [
      {
        ...{ id: 'planIssue', name: step.name, reference: ground.reference },
        rule: { amount: 15, unit: 'workingDay', direction: 'after', source: ground.source, ...own },
      },
    ],
    limits: {
      ...{ membersMax: [row(2)], daysMax: [row(12)], countriesMax: [row(2)] },
      ...{ tripsPerPersonPerYear: [row(3)], twoKeyLeaders: [row(2)], keyLeadersAbroadTogether: [row(2)] },
    },
    leadTimes: {
      dossierBeforeDeparture: leadTime(25),
      amendmentBeforeDeparture: leadTime(5),
      extensionBeforeReturn: leadTime(3),
    },
    ...{ outOfPlan: flat, planPeriod: flat, enterprisePaid: flat, studyOnBudget: flat, unfinishedDuties: flat },
    overlap: flat,
    duplicates: { months: 12, similarityPercent: 100, ...flat },
    eligibility: Object.fromEntries(restrictionKinds.map((kind) => [kind, flat])),
    moratoria: [
      {
        ...{ id: 'pause', name: step.name, from: '2026-03-27', to: '2026-04-06', when, severity: 'warning', ...ground },
        exceptions: [{ caseCode: 'DR-2026-0001', number: '7/UBND', date: '2026-03-01' }],
      },
    ],
    dossierChecklist: [{ kind: 'programme', name: step.name, when, severity: 'warning', ...ground }],
    opinions: [
      {
        ...{ organisationCode: 'STC', subject: step.name, when, required: true, inWriting: false },
        ...ground,
      },
    ],
    newDecisionFromChangedFields: { value: 2, ...ground },
  };
  // Without parts in common: a change of one place is one change.
  return JSON.parse(JSON.stringify(profile)) as ProvinceProfile;
}

const calendar = createBusinessCalendar(vietnamHolidays);
const people = ['00000000-0000-4000-8000-000000000000', '00000000-0000-4000-8000-000000000001'] as const;

interface Variant {
  readonly justified: boolean;
  readonly caseCode: string;
  readonly barred: RestrictionKind;
}

const rules = [
  ...['memberCount', 'dayCount', 'countryCount', 'tripsPerYear', 'twoLeaders', 'overlap', 'funding'],
  ...['studyOnBudget', 'unfinishedDuties', 'duplicate', 'planPeriod', 'leadTime'],
] as const;

/** Out of plan for its route; the plan's period is that of a line it is compared with all the same. */
function proposalOf({ justified }: Pick<Variant, 'justified'>): ProposalContentInput {
  const reason = 'Theo chỉ đạo bằng văn bản của cấp trên';
  return {
    ...{ delegationName: 'Đoàn học tập', purpose: 'Học kinh nghiệm chế biến gỗ rừng trồng', purposeKind: 'study' },
    content: 'Làm việc với hiệp hội gỗ tỉnh Gunma về trồng rừng gỗ lớn',
    partners: 'Hiệp hội gỗ tỉnh Gunma',
    members: people.map((personId, at) => ({
      ...{ personId, organisation: 'SKHDT', position: 'Giám đốc', role: at === 0 ? 'leader' : 'member' },
    })),
    countries: [
      { code: 'JP', name: 'Nhật Bản' },
      { code: 'KR', name: 'Hàn Quốc' },
    ],
    ...{ departureDate: '2026-04-06', returnDate: '2026-04-17', dayCount: 12, noStateSecrets: true },
    funding: [
      { source: 'stateBudget', label: 'Ngân sách tỉnh' },
      { source: 'socialised', label: 'Công ty TNHH ABC' },
    ],
    ...(justified && {
      exceptions: rules.map((rule) => ({ rule, justification: reason })),
      ...{ outOfPlanJustification: reason, urgentReason: reason },
    }),
  } as ProposalContentInput;
}

function tripFor({ justified, caseCode }: Variant) {
  return tripOf({
    proposal: proposalContent.parse(proposalOf({ justified })),
    ...{ planItemId: null, caseCode, documentNumbers: [] },
    planPeriods: [{ from: '2026-01-01', to: '2026-03-31', label: 'Quý I/2026' }],
    rankOf: () => ({ rank, agency: 'SKHDT' }),
  });
}

const past = (given: Partial<PastTrip>): PastTrip => ({
  ...{
    personId: people[0],
    caseId: 'c1',
    departureDate: '2026-01-12',
    returnDate: '2026-01-16',
    rank,
    agency: 'SKHDT',
  },
  outcome: 'travelled',
  ...given,
});
const history: readonly PastTrip[] = [
  past({ owes: ['report'] }),
  past({ caseId: 'c2', departureDate: '2026-04-10', returnDate: '2026-04-12', outcome: 'planned' }),
  past({ caseId: 'c3', personId: 'x', departureDate: '2026-04-10', returnDate: '2026-04-12', outcome: 'planned' }),
];

/** As organisations of the province, whatever the code. */
const anyCode = new (class extends Map<string, string> {
  override get(code: string) {
    return code;
  }
})();

function judge(profile: ProvinceProfile, variant: Variant) {
  const trip = tripFor(variant);
  const twin: OtherTrip = {
    ...{ caseId: 'd', caseCode: 'DR-2025-0007', countries: ['JP'], subject: trip.subject, outcome: 'travelled' },
    departureDate: '2025-04-06',
  };
  const findings = judgeTrip({
    ...{ trip, profile, calendar, history, others: [twin], now: instantAt('2026-03-09', '09:00') },
    restrictions: [{ personId: people[0], kind: variant.barred }],
  });
  // Late, as far as the lead time is a few days: what a running case is compared by when it is decided, or abroad.
  const requests = (['amendment', 'extension'] as const).map((request) => {
    const asked = { request, day: '2026-04-17', isUrgent: variant.justified, now: instantAt('2026-04-16', '09:00') };
    return judgeRequest({ ...asked, profile, calendar });
  });
  const opinions = opinionsWanted({ rules: { profile, organisationIds: anyCode }, trip, unitId: 'unit' });
  const missing = missingDocuments(trip, [], profile);
  return { trip, profile, findings: [...findings, ...requests], opinions, missingDocuments: missing };
}

const outcomeWith = (profile: ProvinceProfile, variant: Variant) => outcomeOf(judge(profile, variant));

/** The same value; the path of every leaf that is read of it is noted. */
function watching<T>(value: T, path: string, read: Set<string>): T {
  if (!isObject(value)) {
    read.add(general(path));
    return value;
  }
  return new Proxy(value, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      const isField = typeof name === 'string' && name !== 'length' && Object.hasOwn(target, name);
      return isField ? watching(own, path === '' ? name : `${path}.${name}`, read) : own;
    },
  });
}

const plainTrip: Variant = { justified: false, caseCode: 'DR-2026-0002', barred: 'exitSuspension' };
const variants: readonly Variant[] = [
  plainTrip,
  { ...plainTrip, justified: true },
  { ...plainTrip, caseCode: 'DR-2026-0001' },
  ...restrictionKinds.map((barred) => ({ ...plainTrip, barred })),
];

function beginningOf(profile: ProvinceProfile): string {
  const content = proposalContent.parse(proposalOf(plainTrip));
  const trip = tripFor(plainTrip);
  const given = { rules: { profile, organisationIds: anyCode }, trip, content, unitId: 'unit', proposerId: 'p' };
  return JSON.stringify(delegationInput(given));
}

const base = everything(false);
const beyond = everything(true);
const judgedBefore = new Map(
  [base, beyond].map((profile) => [profile, variants.map((variant) => outcomeWith(profile, variant))]),
);
const begunBefore = beginningOf(base);

/** Every leaf of a value with the path of fields and rows that leads to it. */
function concrete(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, one]) => concrete(one, path === '' ? name : `${path}.${name}`));
}

function otherValues(path: string, value: unknown): readonly unknown[] {
  if (typeof value === 'number') return Number.isInteger(value) ? [value + 1, Math.max(0, value - 1)] : [value / 2];
  if (typeof value === 'boolean') return [!value];
  const choices = choicesAt(general(path)).filter((one) => one !== value);
  if (choices.length > 0) return choices;
  if (/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return ['2027-06-01', '2020-06-01'];
  return [`${String(value)}X`];
}

function changed(profile: ProvinceProfile, path: string, value: unknown): ProvinceProfile {
  const copy = structuredClone(profile) as unknown as Record<string, unknown>;
  const parts = path.split('.');
  const last = parts.pop()!;
  const holder = parts.reduce<Record<string, unknown>>((at, part) => at[part] as Record<string, unknown>, copy);
  holder[last] = value;
  return copy as unknown as ProvinceProfile;
}

/** Whether any trip is judged otherwise when the field has another value. */
function isJudgedOtherwise(path: string, value: unknown): boolean {
  return otherValues(path, value).some((other) =>
    (path.includes('.ceiling.') ? [beyond] : [base]).some((profile) => {
      const after = changed(profile, path, other);
      const tried = path.startsWith('eligibility.') ? variants : variants.slice(0, 3);
      return tried.some((variant, at) => {
        const before = judgedBefore.get(profile)![at]!;
        return judgementDifferences(before, outcomeWith(after, variant)).length > 0;
      });
    }),
  );
}

const beginsOtherwise = (path: string, value: unknown) =>
  otherValues(path, value).some((other) => beginningOf(changed(base, path, other)) !== begunBefore);

/** Each field once: of several rows the first that has it. */
const fields = [
  ...new Map(
    concrete(base, '')
      .toReversed()
      .map((leaf) => [general(leaf[0]), leaf] as const),
  ).values(),
];
const fieldsOf = (reach: string) => fields.filter(([path]) => reachOf(path) === reach);

/** Closing time and rest days do not move a period in working days that is counted back from a day. */
const elsewhere = /^leadTimes\..*\.rule\.(afterClosing|lastRestDay)$/;

describe('a changed profile', () => {
  test('has no field that is not tried here', () => {
    const tried = new Set(fields.map(([path]) => general(path)));
    const wanted = leaves.map(({ path }) => path);
    expect(wanted.length).toBeGreaterThan(300);
    expect(wanted.filter((path) => !tried.has(path))).toEqual([]);
  });

  test('shows every field that treats a running case differently', () => {
    const running = fieldsOf('running').filter(([path]) => !elsewhere.test(path));
    expect(running.length).toBeGreaterThan(150);
    expect(running.filter(([path, value]) => !isJudgedOtherwise(path, value)).map(([path]) => path)).toEqual([]);
  });

  test('has no field for cases that nothing but the comparison reads', () => {
    const read = new Set<string>();
    for (const profile of [base, beyond]) {
      const watched = watching(profile, '', read);
      for (const variant of variants) judge(watched, variant);
      beginningOf(watched);
    }
    const fieldsOfCases = [...fieldsOf('running'), ...fieldsOf('newCases')].map(([path]) => general(path));
    expect(fieldsOfCases.length).toBeGreaterThan(200);
    expect(fieldsOfCases.filter((path) => !read.has(path))).toEqual([]);
  });

  test('leaves running cases alone in what only new ones begin with', () => {
    const fresh = fieldsOf('newCases');
    expect(fresh.filter(([path, value]) => isJudgedOtherwise(path, value)).map(([path]) => path)).toEqual([]);
    expect(fresh.filter(([path, value]) => !beginsOtherwise(path, value)).map(([path]) => path)).toEqual([]);
  });

  test('treats no case differently by its wording or its plan', () => {
    const others = [...fieldsOf('wording'), ...fieldsOf('plan')];
    expect(others.filter(([path, value]) => isJudgedOtherwise(path, value)).map(([path]) => path)).toEqual([]);
  });
});
