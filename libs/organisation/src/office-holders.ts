import type { CalendarDay } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

/** Somebody who leads an organisation on a day: its head or a deputy, told apart by the position. */
export interface OfficeHolder {
  readonly personId: string;
  readonly fullName: string;
  readonly organisationId: string;
  /** "Phó Chủ tịch UBND tỉnh"; empty when the person has the role without a position there. */
  readonly title: string;
}

const statement: PreparedStatement = {
  name: 'organisation_office_holders',
  text: `select distinct on (p.id, r.organisation_id) p.id as "personId", p.full_name as "fullName",
      r.organisation_id as "organisationId", coalesce(x.title, '') as title
    from role_assignments r
    join organisations o on o.id = r.organisation_id
    join people p on p.id = r.person_id and p.active
    left join positions x on x.person_id = p.id and x.organisation_id = r.organisation_id
      and x.valid_from <= $2::date and (x.valid_to is null or x.valid_to > $2::date)
    where o.province_id = $1 and r.role in ('leader', 'unitHead')
      and r.valid_from <= $2::date and (r.valid_to is null or r.valid_to > $2::date)
    order by p.id, r.organisation_id, x.title`,
};

/** Everybody who leads some organisation of the province on that day. */
export function officeHoldersOn(
  tx: Tx,
  { provinceId, on }: { provinceId: string; on: CalendarDay },
): Promise<OfficeHolder[]> {
  return runPrepared(tx, statement, [provinceId, on]);
}
