import { dayOf, formatDay } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { listSuccessions } from './succession.js';

const twoOrganisations: PreparedStatement = {
  name: 'delegation_two_organisations',
  text: `select v.name from organisations o join lateral (
      select name from organisation_versions where organisation_id = o.id order by valid_from desc limit 1
    ) v on true
    where o.province_id = $1 order by o.code limit 2`,
};

/** What a mail about a merger would be written from: the newest one, or as if one of two organisations took over from the other today. */
export async function successionSample(
  tx: Tx,
  { provinceId, now }: { readonly provinceId: string; readonly now: Date },
): Promise<Readonly<Record<string, unknown>>> {
  const [newest] = await listSuccessions(tx, provinceId);
  if (newest !== undefined) {
    const { organisation, successor, from, ends, basis, moved } = newest;
    const names = { organisation: organisation.name, successor: successor.name };
    return { ...names, from, ends, basis: `${basis.number} (${formatDay(basis.date)})`, ...moved };
  }
  const [one, other] = await runPrepared<{ name: string }>(tx, twoOrganisations, [provinceId]);
  return { organisation: one?.name, successor: other?.name, from: dayOf(now), ends: true, cases: 0, tasks: 0 };
}
