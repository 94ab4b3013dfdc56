import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open reminders of one deadline become one row, its ladder; what has ended keeps its row as a ladder of one step. */
const ladders = `
alter table timers add column steps jsonb;
alter table timers alter column explanation drop not null;
alter table timers drop constraint ck_timers_kind;

with ladder as (
  select deadline_id, (array_agg(id order by due_at, id))[1] as first_id,
    jsonb_agg(jsonb_build_object('key', reminder_key, 'dueAt', due_at, 'at', jsonb_build_object('kind', 'due'),
      'template', template, 'to', recipients) order by due_at, id) as steps
  from timers where kind = 'reminder' and fired_at is null and cancelled_at is null group by deadline_id
), kept as (
  update timers t set steps = l.steps, explanation = null from ladder l where t.id = l.first_id returning t.id
)
delete from timers t using ladder l where t.deadline_id = l.deadline_id and t.kind = 'reminder'
  and t.fired_at is null and t.cancelled_at is null and t.id <> l.first_id;

update timers set explanation = null, steps = jsonb_build_array(jsonb_build_object('key', reminder_key, 'dueAt', due_at,
  'at', jsonb_build_object('kind', 'due'), 'template', template, 'to', recipients))
where kind = 'reminder' and steps is null;

alter table timers drop column recipients, drop column template;
alter table timers add constraint ck_timers_kind check (
  (kind = 'deadline' and event is not null and explanation is not null and deadline_id is null)
  or (kind = 'reminder' and deadline_id is not null and reminder_key is not null and steps is not null)
);
`;

const sharedContexts = `
create table shared_contexts (
  digest bytea not null,
  content jsonb not null,
  constraint pk_shared_contexts primary key (digest)
);
alter table instances add column shared_digest bytea;
alter table instances add constraint fk_instances_shared foreign key (shared_digest) references shared_contexts (digest);
`;

/** A ladder of reminders is one row, and what many cases have alike in their context is stored once. */
export class Ladders1763700009000 implements MigrationInterface {
  name = 'Ladders1763700009000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ladders);
    await runner.query(sharedContexts);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
