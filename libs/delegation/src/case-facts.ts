import type { AmendableField, DelegationEventInput, DelegationEventType } from '#contracts/delegation-events.js';
import { type PlanItemState, standingPlanStates } from '#contracts/plan-states.js';
import type { ProposalContent } from '#contracts/proposal.js';
import { exceptionRules } from '#contracts/proposal-kinds.js';
import type { Text } from '#contracts/text.js';
import { type BusinessCalendar, type Clock, dayOf } from '#libs/calendar';
import { holdsRole } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';
import {
  classifiedMarkings,
  type Finding,
  judgeTrip,
  type MissingDocument,
  missingDocuments,
  type ProvinceProfile,
  type Restriction,
  type Trip,
  tripForRules,
} from '#libs/policy';
import { type ProfileBook, versionInForce } from '#libs/regulation';
import { canonicalJson, type LockedInstance, type Principal } from '#libs/runtime';
import { type DelegationContext, decisionInForce } from '#workflows/outbound-delegation/context.js';
import { type DelegationFacts, factsNeeded, pickFacts } from '#workflows/outbound-delegation/facts.js';
import type { ApprovalStep } from '#workflows/outbound-delegation/input.js';
import { type ContentChange, decidedContent } from './content-after.js';
import { findProposal, type StoredProposal } from './proposal.repository.js';
import { type MissingField, missingFields } from './proposal-content.js';
import { type OpinionWanted, opinionsWanted, rulesFrom, stepsFor, tripPlan } from './province-rules.js';
import { requestLeads } from './request-lead.js';
import { findWithSurroundings, restrictionsOf, type Surroundings } from './surroundings.js';

export interface FactsDependencies {
  readonly clock: Clock;
  readonly profiles: ProfileBook;
  readonly calendarFor: (provinceId: string) => BusinessCalendar;
}

/** The machine's memory of a case, out of its stored snapshot. */
export function contextOf(instance: Pick<LockedInstance, 'snapshot'>): DelegationContext {
  return instance.snapshot.context as DelegationContext;
}

/** Who and what a proposal is, without its content. */
export interface Brief {
  readonly proposerId: string;
  readonly digest: string;
  /** Members known as people of the province. */
  readonly memberIds: readonly string[];
  /** The head of the delegation, when a person of the province. */
  readonly delegationLeaderId: string | null;
  /** A member may not travel at present; told on the short way only, the judgement has a finding of it. */
  readonly isBarred?: boolean;
}

/** All that most decisions need of a proposal, in one round trip. */
const selectBrief = {
  name: 'delegation_select_brief',
  text: `
    select p.proposer_id as "proposerId", p.digest, ${versionInForce({ province: '$2', day: '$3' })} as "rulesId",
      ${restrictionsOf('$1', '$3')} as restrictions,
      array(select m.person_id from proposal_members m
        where m.instance_id = p.instance_id and m.person_id is not null order by m.position) as "memberIds",
      (select m.person_id from proposal_members m
        where m.instance_id = p.instance_id and m.role = 'leader' and m.person_id is not null
        order by m.position limit 1) as "delegationLeaderId"
    from proposals p where p.instance_id = $1`,
};

interface BriefRow extends Brief {
  readonly rulesId: string | null;
  readonly restrictions: readonly Restriction[];
}

export function briefOf({ proposerId, digest, content }: StoredProposal): Brief {
  const memberIds = content.members.map((member) => member.personId).filter((id) => id !== null);
  const leader = content.members.find((member) => member.role === 'leader' && member.personId !== null);
  return { proposerId, digest, memberIds, delegationLeaderId: leader?.personId ?? null };
}

export interface ReadForEvent {
  readonly brief: Brief;
  /** Null: told on the short way. */
  readonly judged: JudgedProposal | null;
  /** Null: no rules hold today. */
  readonly profile: ProvinceProfile | null;
}

/** What an event is judged by, short or whole, as its facts need it. Null: no such case. */
export async function readForEvent(
  tx: Tx,
  given: { type: DelegationEventType; caseId: string; provinceId: string; dependencies: FactsDependencies },
): Promise<ReadForEvent | null> {
  if (needsJudgement(given.type)) {
    const judged = await judgeCase(tx, { ...given, withOtherTrips: needsOtherTrips(given.type) });
    return judged && { brief: briefOf(judged.proposal), judged, profile: judged.judgement.profile };
  }
  const { caseId, provinceId } = given;
  const { clock, profiles } = given.dependencies;
  const at = clock.now();
  const day = dayOf(at);
  const [row] = await runPrepared<BriefRow>(tx, selectBrief, [caseId, provinceId, day]);
  if (!row) return null;
  const { rulesId, restrictions, ...brief } = row;
  const profile = await profiles.resolve(tx, rulesId, { provinceId, day, at });
  // A pause may concern this trip or not: that takes the whole judgement, and there is none on most days.
  if (profile?.moratoria.some(({ to }) => to === null || to >= day)) {
    const judged = await judgeCase(tx, given);
    return judged && { brief, judged, profile };
  }
  return { brief: { ...brief, isBarred: isBarred(restrictions, profile) }, judged: null, profile };
}

/** By default, and where no rules hold, a bar is a bar. */
function isBarred(restrictions: readonly Restriction[], profile: ProvinceProfile | null): boolean {
  return restrictions.some(({ kind }) => profile === null || profile.eligibility[kind].severity === 'block');
}

/** A judgement of a proposal by the rules of its province: what the case page shows and what a submission is judged by. */
export interface Judgement {
  readonly trip: Trip;
  readonly profile: ProvinceProfile;
  readonly findings: readonly Finding[];
  readonly missingFields: readonly MissingField[];
  readonly missingDocuments: readonly MissingDocument[];
  readonly steps: readonly ApprovalStep[];
  readonly opinions: readonly OpinionWanted[];
  readonly planLineState: PlanItemState | null;
}

export interface JudgedProposal {
  readonly proposal: StoredProposal;
  /** What it was judged against. */
  readonly around: Surroundings;
  readonly judgement: Judgement;
}

interface Judging {
  readonly caseId: string;
  readonly provinceId: string;
  readonly dependencies: FactsDependencies;
  /** False: the limits that look at other trips are not judged. */
  readonly withOtherTrips?: boolean;
}

/** The proposal of a case with its judgement as of now, in one round trip. Null: no such case. */
export async function judgeCase(
  tx: Tx,
  { caseId, provinceId, dependencies, withOtherTrips = true }: Judging,
): Promise<JudgedProposal | null> {
  const { clock, profiles, calendarFor } = dependencies;
  const now = clock.now();
  const day = dayOf(now);
  const found = await findWithSurroundings(tx, { caseId, provinceId, day, withOtherTrips });
  if (!found) return null;
  const { proposal, around } = found;
  const held = await profiles.resolve(tx, around.rulesId, { provinceId, day, at: now });
  const rules = rulesFrom({ ...around, day, profile: held });
  const judged = judgeProposal({ ...found, profile: rules.profile, calendar: calendarFor(provinceId), now });
  const place = { rules, trip: judged.trip, unitId: proposal.organisationId };
  const ways = { steps: stepsFor(place), opinions: opinionsWanted(place) };
  return { proposal, around, judgement: { ...judged, ...ways, planLineState: around.planLineState } };
}

/** A proposal judged by one profile; which steps of the machine follow is the caller's matter. */
export function judgeProposal(given: {
  proposal: StoredProposal;
  around: Surroundings;
  profile: ProvinceProfile;
  calendar: BusinessCalendar;
  now: Date;
}): Omit<Judgement, 'steps' | 'opinions' | 'planLineState'> {
  const { proposal, around, profile, calendar, now } = given;
  const { content, planItemId, caseCode } = proposal;
  const { ranks, history, restrictions, others, planPeriods } = around;
  const documentNumbers = around.documents.map((document) => document.number).filter((number) => number !== null);
  const trip = tripForRules({ content, planItemId, planPeriods, caseCode, documentNumbers, ranks });
  const attached = around.documents.map((document) => document.kind);
  return {
    trip,
    profile,
    findings: judgeTrip({ trip, profile, calendar, history, restrictions, others, now }),
    missingFields: missingFields({ content, inPlan: planItemId !== null }),
    missingDocuments: missingDocuments(trip, attached, profile),
  };
}

const briefFacts: readonly (keyof DelegationFacts)[] = [
  'principalId',
  'onBehalfOfId',
  'proposerId',
  'memberIds',
  'delegationLeaderId',
  'digest',
  'eligibility',
  'moratorium',
  'hasClassifiedContent',
  'appraisalRemaining',
  'amendmentLead',
  'extensionLead',
];

const leadNeeded: ReadonlySet<DelegationEventType> = new Set(['REQUEST_AMENDMENT', 'REQUEST_EXTENSION']);

/** True when the event's facts need the judgement of the whole proposal; a plain decision does not and stays on the short way. */
function needsJudgement(type: DelegationEventType): boolean {
  return factsNeeded[type].some((name) => !briefFacts.includes(name));
}

/** Other trips count towards the limits and nothing else. */
function needsOtherTrips(type: DelegationEventType): boolean {
  return (factsNeeded[type] as readonly (keyof DelegationFacts)[]).includes('limits');
}

interface Gathering {
  readonly locked: LockedInstance;
  readonly event: DelegationEventInput;
  readonly principal: Principal;
  readonly brief: Brief;
  readonly dependencies: FactsDependencies;
  /** What the event itself makes of the content. */
  readonly change?: ContentChange;
}

/** The facts one event is judged by, read under the lock; no more than `factsNeeded` says. */
export async function gatherFacts(tx: Tx, gathering: Gathering & ReadForEvent): Promise<Partial<DelegationFacts>> {
  const { event, brief, locked, judged, profile } = gathering;
  if (judged) return pickFacts(event.type, await allFacts(tx, { ...gathering, ...judged }));
  const eligibility = brief.isBarred === true ? 'blocked' : 'ok';
  const facts = {
    ...{ ...whoFacts(gathering), eligibility, ...(await briefJudgement(tx, locked.id, brief.digest)) },
    ...(profile && leadNeeded.has(event.type) && leadFacts(gathering, profile)),
  };
  return pickFacts(event.type, facts as unknown as DelegationFacts);
}

/** Every fact of the case, for judging all its events at once (the page's `availableEvents`). */
export async function allFacts(tx: Tx, input: Gathering & Omit<JudgedProposal, 'around'>): Promise<DelegationFacts> {
  const { proposal, judgement, event, locked } = input;
  const { content, planItemId } = proposal;
  const context = contextOf(locked);
  return {
    ...whoFacts(input),
    missingDocuments: missingOf(judgement, event.type).map((row) => row.kind),
    hasClassifiedContent: isBlocked(judgement.findings, 'classifiedContent'),
    plan: {
      itemId: planItemId,
      isApproved: judgement.planLineState !== null && standingPlanStates.includes(judgement.planLineState),
      conditionCleared: judgement.planLineState !== 'approvedWithCondition',
      isJustified: content.outOfPlanJustification.trim() !== '' || content.handledOutside,
    },
    leadTime: leadTimeOf(judgement.findings),
    ...leadFacts(input, judgement.profile),
    limits: limitsOf(judgement.findings),
    eligibility: isBlocked(judgement.findings, 'eligibility') ? 'blocked' : 'ok',
    moratorium: isBlocked(judgement.findings, 'moratorium'),
    signerHasAuthority: event.type === 'ISSUE_DECISION' ? await holdsAuthority(tx, input, event.signerId) : true,
    requiredOpinions: judgement.opinions
      .filter(({ required }) => required)
      .map(({ organisationId, inWriting }) => ({ organisationId, inWriting })),
    trip: tripPlan(input.change?.content ?? content),
    ...newRoute(context, judgement.steps),
    changedFields: await changedSinceDecision(tx, { instanceId: locked.id, context, content }),
  };
}

/** How early a request comes; nothing is asked before there is a decision. */
function leadFacts({ locked, event, dependencies }: Gathering, profile: ProvinceProfile) {
  const context = contextOf(locked);
  if (decisionInForce(context) === undefined) return {};
  const calendar = dependencies.calendarFor(locked.provinceId);
  return requestLeads({ context, event, profile, calendar, now: dependencies.clock.now() });
}

/** A route goes into the log only when it is another one than the case already follows. */
function newRoute(context: DelegationContext, steps: readonly ApprovalStep[]): { steps?: readonly ApprovalStep[] } {
  const present = context.steps.map(({ deadline, ...step }) => ({
    ...step,
    deadline: deadline && { rule: deadline.rule, reminders: context.ladders[deadline.ladder] },
  }));
  return canonicalJson(present) === canonicalJson(steps) ? {} : { steps };
}

function isBlocked(findings: readonly Finding[], rule: Finding['rule']): boolean {
  return findings.some((row) => row.rule === rule && row.severity === 'block');
}

function whoFacts(gathering: Gathering) {
  const { principal, brief, change } = gathering;
  return {
    principalId: principal.personId,
    onBehalfOfId: principal.onBehalfOfId ?? null,
    proposerId: brief.proposerId,
    memberIds: brief.memberIds,
    delegationLeaderId: brief.delegationLeaderId,
    digest: change?.digest ?? brief.digest,
    appraisalRemaining: appraisalRemaining(gathering),
  };
}

/** What is left of the appraisal now; null when the clock restarts anyway, or when no appraisal runs (it was forwarded already). */
function appraisalRemaining({ locked, dependencies }: Gathering): DelegationFacts['appraisalRemaining'] {
  const { settings, deadlines, appraisalRemaining: left } = contextOf(locked);
  const due = locked.openTasks.find((task) => task.key === 'appraise')?.dueAt;
  const rule = deadlines.appraisalDeadline?.rule;
  if (settings.supplementClock !== 'pauseAndResume' || !due || !rule) return null;
  const { clock, calendarFor } = dependencies;
  return calendarFor(locked.provinceId).remaining({ rule: { ...rule, ...left }, from: clock.now(), due });
}

/** Whether a content carries a marking of secrecy depends on the content alone, so its digest is the key. */
const classifiedByDigest = new Map<string, boolean>();
const classifiedCacheSize = 10_000;

async function briefJudgement(tx: Tx, instanceId: string, digest: string) {
  let hasClassifiedContent = classifiedByDigest.get(digest);
  if (hasClassifiedContent === undefined) {
    const proposal = await findProposal(tx, instanceId);
    hasClassifiedContent = proposal !== null && classifiedMarkings(textsOf(proposal.content)).length > 0;
    if (classifiedByDigest.size >= classifiedCacheSize) classifiedByDigest.clear();
    classifiedByDigest.set(digest, hasClassifiedContent);
  }
  return { moratorium: false, hasClassifiedContent };
}

/** Every free text of a proposal, at any depth. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/**
 * Fields and mandatory documents still missing. The letter is signed together with the submission, so a unit officer is not asked
 * for it before; without an event: all of them.
 */
export function missingOf(judgement: Judgement, type?: DelegationEventType): { kind: string; text: Text }[] {
  const documents = judgement.missingDocuments.filter(
    (row) => row.severity === 'block' && !(type === 'SUBMIT' && row.kind === 'proposalLetter'),
  );
  return [
    ...judgement.missingFields.map(({ path, text }) => ({ kind: `field:${path}`, text })),
    ...documents.map(({ kind, text }) => ({ kind, text })),
  ];
}

function leadTimeOf(findings: readonly Finding[]): DelegationFacts['leadTime'] {
  const finding = findings.find((row) => row.rule === 'leadTime');
  if (!finding || finding.severity === 'pass') return 'ok';
  return finding.severity === 'block' ? 'late' : 'urgent';
}

/** What a reason lifts, but for the lead time, which the machine asks for by itself. */
const limitRules: readonly Finding['rule'][] = exceptionRules.filter((rule) => rule !== 'leadTime');

function limitsOf(findings: readonly Finding[]): DelegationFacts['limits'] {
  const broken = findings.filter((row) => limitRules.includes(row.rule) && row.severity !== 'pass');
  if (broken.some((row) => row.severity === 'block')) return 'exceeded';
  return broken.length > 0 ? 'justified' : 'ok';
}

/**
 * Whoever signs the decision leads the authority of the case today, or stands in for who does and is no party to the trip.
 * Source: DOMAIN 5, UBND signs.
 */
function holdsAuthority(tx: Tx, { locked, brief, dependencies }: Gathering, signerId: string): Promise<boolean> {
  const { organisations, proposerId } = contextOf(locked);
  return holdsRole(tx, {
    personId: signerId,
    role: 'leader',
    organisationId: organisations.authorityId,
    at: dependencies.clock.now(),
    notFor: [proposerId, ...brief.memberIds],
  });
}

/** Fields that differ from the content the decision in force covers; empty before a decision. */
async function changedSinceDecision(
  tx: Tx,
  { instanceId, context, content }: { instanceId: string; context: DelegationContext; content: ProposalContent },
): Promise<readonly AmendableField[]> {
  const decided = await decidedContent(tx, { context, instanceId });
  return decided ? changedFields(decided, content) : [];
}

/**
 * Which of the amendable items differ between two contents. Thông tư 08/2025/TT-BNG counts changed contents: who travels and who pays are
 * the same in whatever order they are listed. The countries are not, they stand in the order of the journey (DOMAIN 8).
 */
export function changedFields(before: ProposalContent, after: ProposalContent): AmendableField[] {
  const parts: Record<AmendableField, (content: ProposalContent) => unknown> = {
    members: (content) => inAnyOrder(content.members.filter((member) => member.role !== 'leader')),
    leader: (content) => inAnyOrder(content.members.filter((member) => member.role === 'leader')),
    dates: (content) => [content.departureDate, content.returnDate, content.dayCount, content.includesTravelDays],
    countries: (content) => content.countries,
    partners: (content) => content.partners,
    funding: (content) => inAnyOrder(content.funding),
    purpose: (content) => [
      content.delegationName,
      content.capacity,
      content.purposeKind,
      content.purpose,
      content.content,
    ],
  };
  return (Object.keys(parts) as AmendableField[]).filter(
    (field) => canonicalJson(parts[field](before)) !== canonicalJson(parts[field](after)),
  );
}

function inAnyOrder(rows: readonly unknown[]): readonly string[] {
  return rows.map(canonicalJson).toSorted();
}
