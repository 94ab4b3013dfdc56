import type { CaseStory, ComingStep, RevisionSummary, RevisionView } from '#contracts/case-story.js';
import type { DeadlineName } from '#contracts/deadline-names.js';
import { AppError } from '#contracts/errors.js';
import type { Role } from '#contracts/roles.js';
import type { Text } from '#contracts/text.js';
import type { DeadlineRule, Due } from '#libs/calendar';
import { namesOfPeople, recipientDirectory, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { DelegationContext } from '#workflows/outbound-delegation/context.js';
import { progressOf } from '#workflows/outbound-delegation/progress.js';
import { requireCase } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { contextOf, type Judgement, judgeCase } from './case-facts.js';
import { directoryOf } from './directory.js';
import { findRevisions } from './proposal.repository.js';
import { taskText } from './state-texts.js';

interface Asked {
  readonly principal: SessionPrincipal;
  readonly caseId: string;
}

/** Where the case has been on the machine, and who comes next until the decision. Throws NOT_FOUND. */
export function readStory(dependencies: CaseDependencies, { principal, caseId }: Asked): Promise<CaseStory> {
  const { clock, unitOfWork, calendarFor } = dependencies;
  return unitOfWork.run(async (tx) => {
    const instance = await requireCase(tx, { dependencies, principal, caseId });
    const { provinceId } = instance;
    const judged = await judgeCase(tx, { caseId, provinceId, dependencies });
    if (!judged) throw new AppError('NOT_FOUND');
    const directory = await directoryOf(tx, { caseId, provinceId, clock });
    const [been] = await tx.query(
      `select array(select distinct kind from tasks where instance_id = $1) as "taskKinds",
        array(select distinct type from events where instance_id = $1) as "eventTypes"`,
      [caseId],
    );
    const running = await runningDues(tx, caseId);
    const calendar = calendarFor(provinceId);
    let from = clock.now();
    const coming: ComingStep[] = [];
    for (const step of stepsAhead(contextOf(instance), judged.judgement, instance.states)) {
      // A step that runs has its day already; what comes after a late one is counted from now.
      const due = running.get(step.key) ?? (step.rule === null ? null : calendar.due({ rule: step.rule, from }));
      if (due && due.dueAt > from) from = due.dueAt;
      coming.push({
        key: step.key,
        text: step.text,
        organisation: directory.organisation(step.organisationId),
        people: await peopleOf(tx, { provinceId, at: clock.now(), ...step }),
        expectedAt: due?.dueAt.toISOString() ?? null,
        explanation: due?.explanation ?? null,
      });
    }
    return { phases: structuredClone(progressOf({ states: instance.states, ...been })) as CaseStory['phases'], coming };
  });
}

/** Deadlines of the tasks that are open, by their key. */
async function runningDues(tx: Tx, caseId: string): Promise<ReadonlyMap<string, Due>> {
  const rows: (Due & { key: string })[] = await tx.query(
    `select key, due_at as "dueAt", due_explanation as explanation from tasks
     where instance_id = $1 and closed_at is null and due_at is not null`,
    [caseId],
  );
  return new Map(rows.map(({ key, ...due }) => [key, due]));
}

interface Step {
  readonly key: string;
  readonly text: Text;
  readonly role: Role;
  readonly organisationId: string;
  readonly rule: DeadlineRule | null;
}

/** In order, from where the case is. Empty once the decision is issued: then the days of the trip rule. */
function stepsAhead(context: DelegationContext, judgement: Judgement, states: readonly string[]): readonly Step[] {
  const { unitId, focalId, decisionOfficeId } = context.organisations;
  const rule = (name: DeadlineName) => context.deadlines[name]?.rule ?? null;
  const names = new Map(judgement.profile.routes.flatMap((route) => route.steps.map((step) => [step.id, step.name])));
  const isApproved = (stepId: string) =>
    context.approvals.some((one) => one.stepId === stepId && one.voidedAt === null && states.includes('approval'));
  const before: (Step & { readonly until: string })[] = [
    {
      key: 'signSubmission',
      text: taskText('signSubmission'),
      role: 'unitHead',
      organisationId: unitId,
      rule: rule('unitHeadDeadline'),
      until: 'proposal',
    },
    {
      key: 'receive',
      text: taskText('receive'),
      role: 'reviewer',
      organisationId: focalId,
      rule: rule('intakeDeadline'),
      until: 'appraisal.intake',
    },
    {
      key: 'appraise',
      text: taskText('appraise'),
      role: 'reviewer',
      organisationId: focalId,
      rule: rule('appraisalDeadline'),
      until: 'appraisal',
    },
  ];
  const order = ['proposal', 'appraisal.intake', 'appraisal'];
  const at = order.findIndex((state) => states.includes(state));
  const isDeciding = states.includes('approval') || states.includes('notification.awaitingDecision');
  if (at < 0 && !isDeciding) return [];
  const approvals: Step[] = judgement.steps
    .filter((step) => !states.includes('notification.awaitingDecision') && !isApproved(step.id))
    .map((step) => ({
      key: `approveStep:${step.id}`,
      text: names.get(step.id) ?? taskText('approveStep'),
      role: step.role,
      organisationId: step.organisationId,
      rule: step.deadline?.rule ?? rule('approvalDeadline'),
    }));
  const decision: Step = {
    key: 'issueDecision',
    text: taskText('issueDecision'),
    role: 'clerk',
    organisationId: decisionOfficeId,
    rule: rule('decisionDeadline'),
  };
  return [...(at < 0 ? [] : before.slice(at)), ...approvals, decision];
}

async function peopleOf(
  tx: Tx,
  given: { provinceId: string; at: Date; role: Role; organisationId: string },
): Promise<ComingStep['people']> {
  const { provinceId, at, role, organisationId } = given;
  const holders = await recipientDirectory.peopleFor(tx, { role, organisationId }, at);
  const names = await namesOfPeople(tx, { provinceId, personIds: holders.map(({ personId }) => personId) });
  return [...names].map(([id, fullName]) => ({ id, fullName }));
}

/** Every saved content of the proposal, the newest first, without the content. Throws NOT_FOUND. */
export function listRevisions(dependencies: CaseDependencies, asked: Asked): Promise<RevisionSummary[]> {
  return withRevisions(dependencies, asked, (found) => found.map(({ content: _, ...summary }) => summary).reverse());
}

/** One saved content. Throws NOT_FOUND. */
export function readRevision(
  dependencies: CaseDependencies,
  { revision, ...asked }: Asked & { revision: number },
): Promise<RevisionView> {
  return withRevisions(dependencies, asked, (found) => {
    const one = found.find((row) => row.revision === revision);
    if (!one) throw new AppError('NOT_FOUND');
    return one;
  });
}

function withRevisions<T>(
  dependencies: CaseDependencies,
  { principal, caseId }: Asked,
  pick: (found: RevisionView[]) => T,
): Promise<T> {
  return dependencies.unitOfWork.run(async (tx) => {
    const { provinceId } = await requireCase(tx, { dependencies, principal, caseId });
    const rows = await findRevisions(tx, caseId);
    const names = await namesOfPeople(tx, { provinceId, personIds: [...new Set(rows.map((row) => row.editedById))] });
    return pick(
      rows.map(({ editedById, editedAt, ...row }) => ({
        ...row,
        editedAt: editedAt.toISOString(),
        editedBy: names.has(editedById) ? { id: editedById, fullName: names.get(editedById) ?? '' } : null,
      })),
    );
  });
}
