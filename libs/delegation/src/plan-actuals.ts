import { AppError } from '#contracts/errors.js';
import type { PlanActual, PlanActuals } from '#contracts/overview.js';
import type { SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { readableCase, readerOf } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { stateText } from './state-texts.js';

interface CaseRow extends Omit<PlanActual['cases'][number], 'state'> {
  planItemId: string | null;
  states: string[];
}

/** Cases on the lines of a plan, and cases of its year on none. $5 plan, $6 its year. */
const actualsStatement = {
  name: 'delegation_plan_actuals',
  text: `
    select p.plan_item_id as "planItemId", p.instance_id as id, p.case_code as "caseCode", i.states, i.status,
      (select count(*)::int from proposal_members m where m.instance_id = p.instance_id) as people,
      coalesce(p.day_count, p.return_date - p.departure_date + 1) as days,
      p.departure_date::text as "departureDate", p.return_date::text as "returnDate"
    from proposals p join instances i on i.id = p.instance_id
    where p.province_id = $1 and ${readableCase}
      and (p.plan_item_id in (select id from plan_items where plan_id = $5::uuid)
        or (p.plan_item_id is null and coalesce(extract(year from p.departure_date), extract(year from p.created_at)) = $6::int
          and not (i.states && array['proposal.draft', 'rejected', 'withdrawn', 'cancelled'])))
    order by p.created_at, p.instance_id`,
};

const planStatement = {
  name: 'delegation_plan_year',
  text: 'select year from plans where id = $1 and province_id = $2',
};

/** What became of each line of a plan, as far as the reader may see. Lines without a case are left out. Throws NOT_FOUND. */
export async function readPlanActuals(
  dependencies: CaseDependencies,
  principal: SessionPrincipal,
  planId: string,
): Promise<PlanActuals> {
  const { reader } = dependencies;
  const [plan] = await reader.read<{ year: number }>(planStatement, [planId, principal.provinceId]);
  if (!plan) throw new AppError('NOT_FOUND');
  const values = [...(await readerOf(dependencies, principal)), planId, plan.year];
  const rows = await reader.read<CaseRow>(actualsStatement, values);
  const lines = new Map<string, PlanActual>();
  for (const { planItemId, states, ...row } of rows) {
    if (planItemId === null) continue;
    const line = lines.get(planItemId) ?? { planItemId, cases: [] };
    line.cases.push({ ...row, state: stateText(states) });
    lines.set(planItemId, line);
  }
  return { items: [...lines.values()], outOfPlan: rows.filter((row) => row.planItemId === null).length };
}

/** Whether a case that is not over without a trip stands on a line of the plan. */
export async function hasTripOnPlanItem(tx: Tx, planItemId: string): Promise<boolean> {
  const found: unknown[] = await tx.query(
    `select 1 from proposals p join instances i on i.id = p.instance_id
     where p.plan_item_id = $1 and not (i.states && array['rejected', 'withdrawn', 'cancelled']) limit 1`,
    [planItemId],
  );
  return found.length > 0;
}
