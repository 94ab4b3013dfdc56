import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Instances, their event log, tasks, timers, outbox, idempotency answers and refusals. */
export class Runtime1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // For search without diacritics. A trusted extension: the owner of the database may create it.
    await runner.query('create extension if not exists unaccent');
    await runner.query(instancesAndEvents);
    await runner.query(appendOnly);
    await runner.query(timersAndTasks);
    await runner.query(outboxAndAnswers);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}

const instancesAndEvents = `
create table instances (
  id uuid not null,
  province_id uuid not null,
  definition_id text not null,
  definition_version integer not null,
  case_code text not null,
  snapshot jsonb not null,
  states text[] not null,
  status text not null,
  version integer not null,
  last_seq integer not null,
  last_hash bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint pk_instances primary key (id),
  constraint uq_instances_case_code unique (province_id, case_code),
  constraint ck_instances_status check (status in ('active', 'done'))
) with (fillfactor = 80);

create table events (
  instance_id uuid not null,
  seq integer not null,
  type text not null,
  payload jsonb not null,
  principal_id uuid,
  on_behalf_of_id uuid,
  organisation_version_id uuid,
  request_id text,
  at timestamptz not null,
  prev_hash bytea not null,
  hash bytea not null,
  private jsonb,
  private_salt bytea,
  private_digest bytea,
  constraint pk_events primary key (instance_id, seq),
  constraint fk_events_instance foreign key (instance_id) references instances (id)
);
create index ix_events_at on events (at);
`;

/** The log only grows. The one change allowed is erasing the private part; its digest stays, so the chain stays valid. */
const appendOnly = `
create function events_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.private is null and new.private_salt is null
    and (new.instance_id, new.seq, new.type, new.payload, new.at, new.prev_hash, new.hash)
      is not distinct from (old.instance_id, old.seq, old.type, old.payload, old.at, old.prev_hash, old.hash)
    and (new.principal_id, new.on_behalf_of_id, new.organisation_version_id, new.request_id, new.private_digest)
      is not distinct from
        (old.principal_id, old.on_behalf_of_id, old.organisation_version_id, old.request_id, old.private_digest)
  then
    return new;
  end if;
  raise exception 'events is append-only: % refused; only the private part may be erased', tg_op;
end $$;
create trigger events_append_only before update or delete on events
  for each row execute function events_append_only();
create trigger events_no_truncate before truncate on events
  for each statement execute function events_append_only();
`;

/**
 * What is open is said in two ways on purpose. Reads over the whole table (inbox, sweep) say `closed_at is null` and
 * `fired_at is null and cancelled_at is null`; a decision, which looks at one instance, says `closed_seq is null` and
 * `coalesce(fired_at, cancelled_at) is null`. With one wording, a plan made while few rows were open walks the whole inbox
 * index for every decision.
 */
const timersAndTasks = `
create table timers (
  id uuid not null,
  instance_id uuid not null,
  kind text not null,
  name text not null,
  send_id text not null,
  reminder_key text,
  deadline_id uuid,
  task_key text,
  event jsonb,
  recipients jsonb,
  template text,
  due_at timestamptz not null,
  explanation jsonb not null,
  armed_at timestamptz not null,
  armed_seq integer not null,
  fired_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  constraint pk_timers primary key (id),
  constraint fk_timers_instance foreign key (instance_id) references instances (id),
  constraint fk_timers_deadline foreign key (deadline_id) references timers (id),
  constraint ck_timers_kind check (
    (kind = 'deadline' and event is not null and deadline_id is null)
    or (kind = 'reminder' and deadline_id is not null and template is not null and recipients is not null)
  ),
  constraint ck_timers_end check (fired_at is null or cancelled_at is null)
);
create index ix_timers_due on timers (due_at) where fired_at is null and cancelled_at is null;
create index ix_timers_open on timers (instance_id) where coalesce(fired_at, cancelled_at) is null;
create index ix_timers_instance on timers (instance_id, armed_seq);

create table tasks (
  id uuid not null,
  instance_id uuid not null,
  province_id uuid not null,
  key text not null,
  kind text not null,
  role text,
  organisation_id uuid,
  person_id uuid,
  data jsonb not null,
  timer_id uuid,
  due_at timestamptz,
  due_explanation jsonb,
  opened_at timestamptz not null,
  opened_seq integer not null,
  closed_at timestamptz,
  closed_seq integer,
  outcome text,
  decided_by_id uuid,
  constraint pk_tasks primary key (id),
  constraint fk_tasks_instance foreign key (instance_id) references instances (id),
  constraint fk_tasks_timer foreign key (timer_id) references timers (id),
  constraint ck_tasks_assignee check (
    (person_id is not null and role is null and organisation_id is null)
    or (person_id is null and role is not null and organisation_id is not null)
  ),
  constraint ck_tasks_closed check ((closed_at is null) = (closed_seq is null) and (closed_at is null) = (outcome is null))
);
create unique index uq_tasks_open on tasks (instance_id, key) where closed_seq is null;
create index ix_tasks_inbox_role on tasks (role, organisation_id, due_at, id) where closed_at is null;
create index ix_tasks_inbox_person on tasks (person_id, due_at, id) where closed_at is null and person_id is not null;
create index ix_tasks_instance on tasks (instance_id, opened_seq);
`;

const outboxAndAnswers = `
create table outbox_messages (
  id uuid not null,
  instance_id uuid not null,
  timer_id uuid,
  task_key text,
  template text not null,
  recipient jsonb not null,
  data jsonb not null,
  not_before timestamptz not null,
  created_at timestamptz not null,
  relayed_at timestamptz,
  constraint pk_outbox_messages primary key (id),
  constraint fk_outbox_messages_instance foreign key (instance_id) references instances (id),
  constraint fk_outbox_messages_timer foreign key (timer_id) references timers (id)
);
create index ix_outbox_messages_open on outbox_messages (not_before) where relayed_at is null;
create index ix_outbox_messages_instance on outbox_messages (instance_id);

create table idempotency_keys (
  principal_id uuid not null,
  key text not null,
  body_hash text not null,
  status integer not null,
  body jsonb not null,
  created_at timestamptz not null,
  constraint pk_idempotency_keys primary key (principal_id, key)
);
create index ix_idempotency_keys_created_at on idempotency_keys (created_at);

create table refusals (
  id uuid not null,
  instance_id uuid not null,
  event_type text not null,
  rules jsonb not null,
  principal_id uuid,
  request_id text,
  at timestamptz not null,
  constraint pk_refusals primary key (id),
  constraint fk_refusals_instance foreign key (instance_id) references instances (id)
);
create index ix_refusals_instance on refusals (instance_id, at);
`;
