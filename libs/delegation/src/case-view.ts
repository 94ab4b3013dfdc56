import type { BackwardPlanView } from '#contracts/backward-plan.js';
import type { ApprovalView, CaseView, EventView, TaskView, TimerView } from '#contracts/case.js';
import {
  type DelegationEventInput,
  type DocumentReference,
  delegationEventTypes,
} from '#contracts/delegation-events.js';
import { AppError } from '#contracts/errors.js';
import type { DocumentKind } from '#contracts/proposal.js';
import type { Text } from '#contracts/text.js';
import { holdingsOf, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { findingView } from '#libs/policy';
import { explainStep, type LadderStep, type LockedInstance } from '#libs/runtime';
import { candidateEvents } from '#workflows/outbound-delegation/candidates.js';
import { type Authority, authorityFor, standing } from './authorise.js';
import { backwardPlanOf } from './backward-plan.js';
import { requireCase } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { allFacts, briefOf, contextOf, type Judgement, judgeCase, missingOf } from './case-facts.js';
import { type Directory, directoryOf } from './directory.js';
import { isEditable } from './edit-proposal.js';
import type { StoredProposal } from './proposal.repository.js';
import { findingsOfOpenRequests } from './request-lead.js';
import { eventText, namedStates, phaseOf, taskText } from './state-texts.js';
import { opinionsWantedOf, stepDocumentsOf } from './still-wanted.js';
import { substitutionOffers } from './substitution-offers.js';

/** The newest events of the page; older ones come from GET /cases/:id/events. */
const timelineLength = 100;

interface Reading {
  readonly instance: LockedInstance;
  readonly proposal: StoredProposal;
  readonly judgement: Judgement;
  readonly directory: Directory;
}

/** All a person sees of a case, with what that person may do next. Throws NOT_FOUND. */
export function getCase(
  dependencies: CaseDependencies,
  { principal, caseId }: { principal: SessionPrincipal; caseId: string },
): Promise<CaseView> {
  return dependencies.unitOfWork.run(async (tx) => {
    const instance = await requireCase(tx, { dependencies, principal, caseId });
    const judged = await judgeCase(tx, { caseId, provinceId: instance.provinceId, dependencies });
    if (!judged) throw new AppError('NOT_FOUND');
    const { proposal, judgement } = judged;
    const directory = await directoryOf(tx, {
      caseId,
      provinceId: instance.provinceId,
      clock: dependencies.clock,
      alsoPeople: principal.substituting.map((held) => held.onBehalfOfId),
    });
    const reading = { instance, proposal, judgement, directory };
    const context = contextOf(instance);
    const calendar = dependencies.calendarFor(instance.provinceId);
    const asked = { context, profile: judgement.profile, calendar };
    const view: Omit<CaseView, 'availableEvents' | 'substitutionOffer'> = {
      id: caseId,
      caseCode: proposal.caseCode,
      version: instance.version,
      status: instance.status,
      states: namedStates(instance.states),
      phase: phaseOf(instance.states),
      organisation: directory.organisation(proposal.organisationId),
      proposer: directory.person(proposal.proposerId),
      createdAt: proposal.createdAt.toISOString(),
      updatedAt: proposal.updatedAt.toISOString(),
      definition: { id: instance.definitionId, version: instance.definitionVersion },
      planItem: await planItemOf(tx, proposal.planItemId),
      proposal: { ...proposal.content, ...(await proposalParts(tx, reading)) },
      editable: isEditable(instance) && isUnitOfficer(principal, context.organisations.unitId),
      missingDocuments: missingOf(judgement),
      stepDocuments: stepDocumentsOf({ context, states: instance.states, nameOf: stepNameOf(judgement.profile) }),
      opinionsWanted: opinionsWantedOf({ context, states: instance.states }, reading),
      findings: [...judgement.findings, ...findingsOfOpenRequests(asked)].map(findingView),
      tasks: await tasksOf(tx, { ...reading, principal }),
      deadlines: await timersOf(tx, caseId),
      backwardPlan: planOf(reading, { dependencies, departureDate: proposal.content.departureDate }),
      approvals: approvalsOf(reading),
      timeline: await eventsOf(tx, { caseId, directory, afterSeq: 0, limit: timelineLength }),
    };
    const offers = await substitutionOffers(tx, { principal, clock: dependencies.clock, caseId });
    const availableEvents = await availableOf(tx, { ...reading, dependencies, principal });
    return { ...view, availableEvents, substitutionOffer: offers[0] ?? null };
  });
}

function planOf(
  { instance, judgement }: Pick<Reading, 'instance' | 'judgement'>,
  { dependencies, departureDate }: { dependencies: CaseDependencies; departureDate: string | null },
): BackwardPlanView {
  return backwardPlanOf(instance, {
    departureDate,
    now: dependencies.clock.now(),
    calendar: dependencies.calendarFor(instance.provinceId),
    stepName: stepNameOf(judgement.profile),
  });
}

/** The plan alone, for a day of departure somebody tries out; without one, for the day of the proposal. Throws NOT_FOUND. */
export function getBackwardPlan(
  dependencies: CaseDependencies,
  given: { principal: SessionPrincipal; caseId: string; departureDate: string | undefined },
): Promise<BackwardPlanView> {
  const { caseId } = given;
  return dependencies.unitOfWork.run(async (tx) => {
    const instance = await requireCase(tx, { dependencies, ...given });
    const judged = await judgeCase(tx, { caseId, provinceId: instance.provinceId, dependencies });
    if (!judged) throw new AppError('NOT_FOUND');
    const { judgement, proposal } = judged;
    const departureDate = given.departureDate ?? proposal.content.departureDate;
    return planOf({ instance, judgement }, { dependencies, departureDate });
  });
}

function isUnitOfficer(principal: SessionPrincipal, unitId: string): boolean {
  return holdingsOf(principal).some((held) => held.role === 'unitOfficer' && held.organisationId === unitId);
}

async function planItemOf(tx: Tx, planItemId: string | null): Promise<CaseView['planItem']> {
  if (planItemId === null) return null;
  const [row] = await tx.query('select id, number, name, period_label as "period" from plan_items where id = $1', [
    planItemId,
  ]);
  return row ?? null;
}

async function proposalParts(tx: Tx, { proposal, directory }: Reading) {
  const rows: DocumentRow[] = await tx.query(
    `select d.id, d.kind, d.number, d.date::text as date, d.title, d.attached_at as "attachedAt",
       d.attached_by_id as "attachedById",
       case when f.id is null then null else json_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'size', f.size, 'sha256', f.sha256) end as file
     from dossier_documents d left join stored_files f on f.id = d.file_id
     where d.instance_id = $1 order by d.attached_at, d.id`,
    [proposal.id],
  );
  const documents = rows.map(({ attachedAt, attachedById, ...row }) => ({
    ...row,
    attachedAt: attachedAt.toISOString(),
    attachedBy: directory.person(attachedById)?.fullName ?? null,
  }));
  const { revision, digest, planItemId } = proposal;
  return { revision, digest, planItemId, documents };
}

interface DocumentRow {
  id: string;
  kind: DocumentKind;
  number: string | null;
  date: string | null;
  title: string | null;
  attachedAt: Date;
  attachedById: string;
  file: CaseView['proposal']['documents'][number]['file'];
}

interface TaskRow {
  id: string;
  key: string;
  kind: string;
  role: string | null;
  organisationId: string | null;
  personId: string | null;
  openedAt: Date;
  dueAt: Date | null;
  dueExplanation: Text | null;
  closedAt: Date | null;
  outcome: string | null;
  decidedById: string | null;
  decidedForId: string | null;
}

async function tasksOf(tx: Tx, given: Reading & { principal: SessionPrincipal }): Promise<TaskView[]> {
  const { instance, directory, judgement, principal } = given;
  const stepName = stepNameOf(judgement.profile);
  const rows: TaskRow[] = await tx.query(
    `select t.id, t.key, t.kind, t.role, t.organisation_id as "organisationId", t.person_id as "personId",
       t.opened_at as "openedAt", t.due_at as "dueAt", t.due_explanation as "dueExplanation", t.closed_at as "closedAt",
       t.outcome, t.decided_by_id as "decidedById", e.on_behalf_of_id as "decidedForId"
     from tasks t left join events e on e.instance_id = t.instance_id and e.seq = t.closed_seq
     where t.instance_id = $1 order by t.opened_seq, t.key`,
    [instance.id],
  );
  return rows.map(({ role, organisationId, personId, decidedById, decidedForId, ...row }) => ({
    ...row,
    text: row.kind === 'approveStep' ? ofStep(stepName(row.key.slice('approveStep:'.length))) : taskText(row.kind),
    assignee: {
      role,
      organisation: organisationId === null ? null : directory.organisation(organisationId),
      person: directory.person(personId),
    },
    mine:
      personId === principal.personId ||
      holdingsOf(principal).some((held) => held.role === role && held.organisationId === organisationId),
    openedAt: row.openedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    decidedBy: directory.person(decidedById),
    decidedOnBehalfOf: directory.person(decidedForId),
  }));
}

/** Which level is asked: of the central one an office of the province keeps the answer. */
function ofStep(step: Text): Text {
  const asked = taskText('approveStep');
  return { vi: `${asked.vi}: ${step.vi}`, en: `${asked.en}: ${step.en}` };
}

interface TimerRow extends Omit<TimerView, 'template' | 'dueAt' | 'armedAt' | 'firedAt' | 'cancelledAt'> {
  steps: LadderStep[] | null;
  dueAt: Date;
  armedAt: Date;
  firedAt: Date | null;
  cancelledAt: Date | null;
}

/** Every deadline the case ever had and every step of their ladders, in the order they were armed. */
export async function timersOf(tx: Tx, caseId: string): Promise<TimerView[]> {
  const rows: TimerRow[] = await tx.query(
    `select t.id, t.kind, t.name, t.reminder_key as "reminderKey", t.steps, t.task_key as "taskKey", t.due_at as "dueAt",
       coalesce(t.explanation, d.explanation) as explanation, t.armed_at as "armedAt", t.fired_at as "firedAt",
       t.cancelled_at as "cancelledAt", t.cancel_reason as "cancelReason"
     from timers t left join timers d on d.id = t.deadline_id where t.instance_id = $1
     order by t.armed_seq, t.due_at, t.id`,
    [caseId],
  );
  const sent = await stepsSent(tx, caseId);
  return rows.flatMap(({ steps, ...row }): TimerView[] => {
    if (steps === null) return [{ ...timerView(row), template: null }];
    const next = steps.findIndex((step) => step.key === row.reminderKey);
    return steps.map((step, index) => {
      const passed = row.firedAt !== null || index < next;
      return {
        ...timerView(row),
        reminderKey: step.key,
        template: step.template,
        dueAt: index === next ? row.dueAt.toISOString() : step.dueAt,
        explanation: explainStep(step, row.explanation),
        firedAt: passed ? (sent.get(`${row.id} ${step.key}`) ?? step.dueAt) : null,
        ...(passed && { cancelledAt: null, cancelReason: null }),
      };
    });
  });
}

const timerView = (row: Omit<TimerRow, 'steps'>): Omit<TimerView, 'template'> => ({
  ...row,
  dueAt: row.dueAt.toISOString(),
  armedAt: row.armedAt.toISOString(),
  firedAt: row.firedAt?.toISOString() ?? null,
  cancelledAt: row.cancelledAt?.toISOString() ?? null,
});

/** Timer and step to the instant it was put into the outbox. */
async function stepsSent(tx: Tx, caseId: string): Promise<ReadonlyMap<string, string>> {
  const rows: { step: string; at: Date }[] = await tx.query(
    `select concat(timer_id, ' ', data->>'reminderKey') as step, min(created_at) as at from outbox_messages
     where instance_id = $1 and timer_id is not null group by 1`,
    [caseId],
  );
  return new Map(rows.map((row) => [row.step, row.at.toISOString()]));
}

/** By the rules of today; a step they no longer have is shown by its id. */
export function stepNameOf(profile: Judgement['profile']): (stepId: string) => Text {
  const names = new Map(profile.routes.flatMap((route) => route.steps.map((step) => [step.id, step.name] as const)));
  return (id) => names.get(id) ?? { vi: id, en: id };
}

function approvalsOf({ instance, proposal, directory, judgement }: Reading): ApprovalView[] {
  const nameOf = stepNameOf(judgement.profile);
  return contextOf(instance).approvals.map((approval) => ({
    step: approval.stepId,
    text: nameOf(approval.stepId),
    organisation: directory.organisation(approval.organisationId),
    decision: approval.condition === 'none' ? ('approved' as const) : ('approvedWithCondition' as const),
    decidedBy: directory.person(approval.byId),
    onBehalfOf: directory.person(approval.onBehalfOfId),
    document: approval.document,
    further: (approval.further ?? []).map((one) => ({
      document: one.document,
      recordedBy: directory.person(one.byId),
      onBehalfOf: directory.person(one.onBehalfOfId),
      at: one.at,
    })),
    at: approval.at,
    matchesProposal: approval.voidedAt === null && approval.digest === proposal.digest,
  }));
}

interface EventRow {
  seq: number;
  type: string;
  at: Date;
  payload: Record<string, unknown>;
  principalId: string | null;
  onBehalfOfId: string | null;
  private: Record<string, unknown> | null;
}

/** In order. Facts are what the machine judged by, not what somebody did, so they stay out. */
export async function eventsOf(
  tx: Tx,
  given: { caseId: string; directory: Directory; afterSeq: number; limit: number },
): Promise<EventView[]> {
  const rows: EventRow[] = await tx.query(
    `select seq, type, at, payload - 'facts' - 'type' - 'at' as payload, principal_id as "principalId",
       on_behalf_of_id as "onBehalfOfId", private
     from events where instance_id = $1 and seq > $2 order by seq limit $3`,
    [given.caseId, given.afterSeq, given.limit],
  );
  return rows.map(({ principalId, onBehalfOfId, ...row }) => ({
    ...row,
    text: eventText(row.type),
    at: row.at.toISOString(),
    payload: row.seq === 1 ? {} : row.payload,
    principal: given.directory.person(principalId),
    onBehalfOf: given.directory.person(onBehalfOfId),
    document: (row.payload.document as DocumentReference | undefined) ?? null,
  }));
}

/** What the reader may do, judged by the machine, the rules and the permissions that will judge the event under the lock. */
async function availableOf(
  tx: Tx,
  given: Reading & { dependencies: CaseDependencies; principal: SessionPrincipal },
): Promise<CaseView['availableEvents']> {
  const { instance, proposal, judgement, directory, dependencies, principal } = given;
  const context = contextOf(instance);
  if (instance.status !== 'active') return [];
  const brief = briefOf(proposal);
  const place = standing(brief, principal);
  const facts = await allFacts(tx, {
    locked: instance,
    event: { type: 'RESUBMIT' } as DelegationEventInput,
    principal: { personId: principal.personId },
    brief,
    dependencies,
    proposal,
    judgement,
  });
  const types = new Set(delegationEventTypes);
  const authorities = new Map<string, Authority>();
  const candidates = candidateEvents({ context, facts, now: dependencies.clock.now() }).flatMap((candidate) => {
    const event = candidate as { type: DelegationEventInput['type']; organisationId?: string; stepId?: string };
    const authority = types.has(event.type) ? authorityFor({ context, principal, ...place, event }) : null;
    if (authority === null) return [];
    authorities.set(event.type, authority);
    const { onBehalfOfId } = authority;
    return [
      onBehalfOfId === null ? candidate : { ...candidate, facts: { ...(candidate.facts as object), onBehalfOfId } },
    ];
  });
  return dependencies.runtime.available(instance, candidates).map(({ type, candidate, allowed, rules }) => ({
    type,
    text: eventText(type),
    allowed,
    rules: rules.map(({ name, text, source }) => ({ name, text, source })),
    subject: [candidate.organisationId, candidate.stepId].find((one) => typeof one === 'string') ?? null,
    onBehalfOf: directory.person(authorities.get(type)?.onBehalfOfId ?? null),
  }));
}
