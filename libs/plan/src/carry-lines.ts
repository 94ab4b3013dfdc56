import type { PlanCycleEventInput, PlanItemCycleEventType } from '#contracts/plan-events.js';
import type { PlanItemState } from '#contracts/plan-states.js';
import type { SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { PlanItemStage } from '#workflows/annual-plan/item-context.js';
import type { PlanAuthority } from './plan-authority.js';
import { applyPlanEvent, type PlanMeta } from './plan-process.js';
import type { PlanRoom } from './plan-setup.js';

interface LineRow {
  id: string;
  state: PlanItemState;
  needsCentral: boolean;
}

/** What becomes of a line by a decision on the whole plan; null: it is not concerned. */
interface Carried {
  readonly type: PlanItemCycleEventType | 'REJECT';
  readonly stage: PlanItemStage;
  readonly reason?: string;
  readonly condition?: string;
}

/**
 * Takes the lines of a plan along with a decision on it: each is locked and decided as an event of its own, so that its log says by which
 * document. In the transaction of that decision, after the plan itself is locked.
 */
export async function carryLines(
  tx: Tx,
  given: {
    room: PlanRoom;
    planId: string;
    event: PlanCycleEventInput;
    authority: PlanAuthority;
    principal: SessionPrincipal;
    meta: PlanMeta;
  },
): Promise<void> {
  const { room, planId, event, authority, principal, meta } = given;
  if (!carrying.includes(event.type)) return;
  const lines: LineRow[] = await tx.query(
    `select n.id, n.state, coalesce((i.snapshot->'context'->>'needsCentral')::boolean, false) as "needsCentral"
     from plan_items n join instances i on i.id = n.id and i.status = 'active' where n.plan_id = $1 order by n.id`,
    [planId],
  );
  const document = 'document' in event ? event.document : undefined;
  for (const line of lines) {
    const carried = carriedBy(event, line);
    if (carried === null) continue;
    const { type, stage, reason, condition } = carried;
    const locked = await room.runtime.lock(tx, { instanceId: line.id });
    const outcome = await applyPlanEvent(tx, {
      room,
      locked,
      event: { type, document, ...(reason !== undefined && { reason }) },
      facts: { stage },
      authority,
      principal,
      meta: { requestId: meta.requestId },
    });
    if (outcome.kind === 'refused')
      throw new Error(`Line ${line.id} in ${line.state} refuses ${type} of the plan: ${outcome.refusal.text.en}`);
    await writeLineState(tx, { id: line.id, states: outcome.states, ...(condition !== undefined && { condition }) });
  }
  // Imported lines on which nothing was done here have no log; the close of the year is a fact about them all the same.
  if (event.type === 'CLOSE_YEAR')
    await tx.query(
      `update plan_items set state = 'closed' where plan_id = $1 and state in ('approved', 'approvedWithCondition')`,
      [planId],
    );
}

const carrying: readonly string[] = ['FORWARD_PLAN', 'RETURN_PLAN', 'APPROVE_PLAN', 'MINISTRY_NOTIFIED', 'CLOSE_YEAR'];

function carriedBy(event: PlanCycleEventInput, { id, state, needsCentral }: LineRow): Carried | null {
  const left = 'excluded' in event ? event.excluded.find((one) => one.planItemId === id) : undefined;
  switch (event.type) {
    case 'FORWARD_PLAN':
      if (state !== 'committee') return null;
      return left
        ? { type: 'REJECT', stage: 'authority', reason: left.reason }
        : { type: 'FORWARD', stage: 'authority' };
    case 'RETURN_PLAN':
      return state === 'committee' || state === 'party' ? { type: 'RETURN', stage: 'authority' } : null;
    case 'APPROVE_PLAN': {
      if (state !== 'party') return null;
      if (left) return { type: 'REJECT', stage: 'party', reason: left.reason };
      const asked = event.conditions.find((one) => one.planItemId === id);
      return asked
        ? { type: 'APPROVE_WITH_CONDITION', stage: 'party', condition: asked.condition }
        : { type: 'APPROVE', stage: 'party' };
    }
    case 'MINISTRY_NOTIFIED':
      if (!needsCentral || !['committee', 'party', 'central'].includes(state)) return null;
      return left && state === 'central'
        ? { type: 'REJECT', stage: 'central', reason: left.reason }
        : { type: 'CENTRAL_NOTIFIED', stage: 'central' };
    case 'CLOSE_YEAR':
      return ['draft', 'approved', 'approvedWithCondition'].includes(state) ? { type: 'CLOSE', stage: 'focal' } : null;
    default:
      return null;
  }
}

/** The row keeps the state of its machine, for lists and for whoever opens a trip on it. */
export async function writeLineState(
  tx: Tx,
  { id, states, condition }: { id: string; states: readonly string[]; condition?: string },
): Promise<void> {
  await tx.query('update plan_items set state = $2, condition = coalesce($3, condition) where id = $1', [
    id,
    states[0],
    condition ?? null,
  ]);
}

export async function lineIdsOf(tx: Tx, planId: string): Promise<ReadonlySet<string>> {
  const rows: { id: string }[] = await tx.query('select id from plan_items where plan_id = $1', [planId]);
  return new Set(rows.map(({ id }) => id));
}
