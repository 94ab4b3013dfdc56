import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is always there of a counted trip comes first, so that the server finds its columns without walking over gaps. */
const table = `
create table trip_figures (
  instance_id uuid not null,
  province_id uuid not null,
  organisation_id uuid,
  departs date,
  days integer,
  people integer,
  report_on_time integer,
  report_late integer,
  passports_on_time integer,
  passports_late integer,
  reports integer,
  meetings integer,
  agreements integer,
  follow_ups integer,
  follow_ups_done integer,
  counted boolean not null default false,
  outcome text,
  purpose text,
  level text,
  travellers uuid[],
  countries text[],
  country_names text[],
  funding text[],
  estimated numeric[],
  actual numeric[],
  plan_item_id uuid,
  report_due timestamptz,
  passports_due timestamptz,
  constraint pk_trip_figures primary key (instance_id),
  constraint fk_trip_figures_proposal foreign key (instance_id) references proposals (instance_id),
  constraint ck_trip_figures_outcome check (outcome in ('done', 'underway', 'cancelled'))
) with (parallel_workers = 2);
create index ix_trip_figures_departure on trip_figures (province_id, departs) where counted;
create index ix_trip_figures_uncounted on trip_figures (province_id) where not counted;
create index ix_trip_follow_ups_open on trip_follow_ups (province_id, due_date) where state = 'open';
insert into trip_figures (instance_id, province_id) select instance_id, province_id from proposals;
`;

/**
 * 763700041: any number of our own. Whoever changes what a trip is counted from holds it shared until the commit; who counts trips holds it
 * alone (libs/reporting). So no trip is counted from what is about to change.
 */
const functions = `
create function open_trip_figures() returns trigger language plpgsql as $$
begin
  insert into trip_figures (instance_id, province_id) values (new.instance_id, new.province_id);
  return null;
end $$;

create function uncount_trip() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(763700041);
  update trip_figures set counted = false where instance_id = coalesce(new.instance_id, old.instance_id) and counted;
  return null;
end $$;

create function uncount_trip_of_instance() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(763700041);
  update trip_figures set counted = false where instance_id = new.id and counted;
  return null;
end $$;

-- The level of a trip is that of its members on the day of departure: only trips from the first changed day on are counted again.
create function uncount_trips_of_position() returns trigger language plpgsql as $$
declare
  first_day date;
begin
  perform pg_advisory_xact_lock_shared(763700041);
  if tg_op = 'UPDATE' and (old.person_id, old.rank, old.valid_from) = (new.person_id, new.rank, new.valid_from) then
    first_day := least(old.valid_to, new.valid_to);
  else
    first_day := least(old.valid_from, new.valid_from);
  end if;
  update trip_figures set counted = false where counted and departs >= first_day and instance_id in (
    select instance_id from proposal_members where person_id in (old.person_id, new.person_id));
  return null;
end $$;
`;

const triggers = `
create trigger trip_figures_open after insert on proposals for each row execute function open_trip_figures();
create trigger trip_figures_of_proposal
  after update of organisation_id, plan_item_id, purpose_kind, countries, departure_date, return_date on proposals
  for each row execute function uncount_trip();
create trigger trip_figures_of_members after insert or update or delete on proposal_members
  for each row execute function uncount_trip();
create trigger trip_figures_of_funding after insert or update or delete on proposal_funding
  for each row execute function uncount_trip();
create trigger trip_figures_of_instance after update of states on instances
  for each row when ((old.states && array['proposal.draft', 'rejected', 'withdrawn'], old.states && array['cancelled'],
      old.states && array['completed', 'trip.closing'])
    is distinct from (new.states && array['proposal.draft', 'rejected', 'withdrawn'], new.states && array['cancelled'],
      new.states && array['completed', 'trip.closing']))
  execute function uncount_trip_of_instance();
create trigger trip_figures_of_new_duty after insert on tasks
  for each row when (new.kind in ('submitReport', 'returnPassports')) execute function uncount_trip();
create trigger trip_figures_of_duty after update of kind, due_at, closed_at on tasks
  for each row when ((old.kind in ('submitReport', 'returnPassports') or new.kind in ('submitReport', 'returnPassports'))
    and (old.kind, old.due_at, old.closed_at) is distinct from (new.kind, new.due_at, new.closed_at))
  execute function uncount_trip();
create trigger trip_figures_of_lost_duty after delete on tasks
  for each row when (old.kind in ('submitReport', 'returnPassports')) execute function uncount_trip();
create trigger trip_figures_of_report after insert or update or delete on trip_reports
  for each row execute function uncount_trip();
create trigger trip_figures_of_follow_ups after insert or update or delete on trip_follow_ups
  for each row execute function uncount_trip();
create trigger trip_figures_of_position after insert or delete or update of person_id, rank, valid_from, valid_to on positions
  for each row execute function uncount_trips_of_position();
`;

/** What the reports count of each trip, kept, and thrown away by the database when what it was counted from changes. */
export class TripFigures1763700041000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    await runner.query(functions);
    await runner.query(triggers);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
