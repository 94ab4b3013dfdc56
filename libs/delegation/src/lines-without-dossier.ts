import { planItemCode, planItemOf } from '#contracts/plan-codes.js';
import { standingPlanStates } from '#contracts/plan-states.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

/** States of a line on which a dossier is waited for. */
export const waitingLineStates = standingPlanStates.filter((state) => state !== 'closed');

/** A case that ended without a trip does not stand for the line any more. $2: `waitingLineStates`. */
export const withoutDossier = `n.direction = 'outbound' and n.state = any($2)
  and not exists (select from proposals p join instances i on i.id = p.instance_id
    where p.plan_item_id = n.id and not (i.states && array['withdrawn', 'rejected', 'cancelled']))`;

const stillWaiting: PreparedStatement = {
  name: 'delegation_lines_still_without_dossier',
  text: `select n.year, n.position from plan_items n
    join unnest($3::int[], $4::int[]) as named(year, position) on named.year = n.year and named.position = n.position
    where n.province_id = $1 and ${withoutDossier}`,
};

type Data = Readonly<Record<string, unknown>>;

/** What a reminder of plan lines still has to say: the lines on which a dossier has been opened since are left out; null: none is left. */
export async function linesStillWithoutDossier(
  tx: Tx,
  { provinceId, data }: { readonly provinceId: string; readonly data: Data },
): Promise<Data | null> {
  const codes = Array.isArray(data.codes) ? data.codes.map(String) : [];
  const named = codes.flatMap((code) => planItemOf(code) ?? []);
  const values = [provinceId, waitingLineStates, named.map(({ year }) => year), named.map(({ position }) => position)];
  const rows = await runPrepared<{ year: number; position: number }>(tx, stillWaiting, values);
  const waiting = new Set(rows.map(({ year, position }) => planItemCode(year, position)));
  const left = codes.filter((code) => waiting.has(code));
  if (left.length === codes.length) return data;
  return left.length === 0 ? null : { ...data, codes: left };
}
