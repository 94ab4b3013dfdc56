import type { MigrationInterface, QueryRunner } from 'typeorm';

const records = `
create table audit_records (
  id uuid not null,
  province_id uuid,
  kind text not null,
  action text not null,
  subject_id uuid,
  instance_id uuid,
  principal_id uuid,
  on_behalf_of_id uuid,
  request_id text,
  at timestamptz not null,
  details jsonb not null,
  hash bytea not null,
  checkpoint_number integer,
  constraint pk_audit_records primary key (id),
  constraint ck_audit_records_kind check (kind in ('administration', 'personalData', 'export', 'session'))
);
create index ix_audit_records_unsealed on audit_records (at) where checkpoint_number is null;
create index ix_audit_records_province on audit_records (province_id, at, id);
create index ix_audit_records_instance on audit_records (instance_id, at) where instance_id is not null;

alter table refusals add column checkpoint_number integer;
create index ix_refusals_unsealed on refusals (at) where checkpoint_number is null;
`;

const checkpoints = `
create table audit_checkpoints (
  number integer not null,
  at timestamptz not null,
  horizon timestamptz,
  leaf_count integer not null,
  root bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  key_id text not null,
  public_key text not null,
  signature bytea not null,
  constraint pk_audit_checkpoints primary key (number)
);

create table audit_checkpoint_leaves (
  checkpoint_number integer not null,
  position integer not null,
  kind text not null,
  subject_id uuid not null,
  seq integer not null,
  hash bytea not null,
  constraint pk_audit_checkpoint_leaves primary key (checkpoint_number, position),
  constraint fk_audit_checkpoint_leaves_checkpoint foreign key (checkpoint_number) references audit_checkpoints (number),
  constraint ck_audit_checkpoint_leaves_kind check (kind in ('chain', 'record', 'refusal'))
);
create index ix_audit_checkpoint_leaves_subject on audit_checkpoint_leaves (subject_id, seq);
`;

/** Sealing sets the number of the checkpoint, once; nothing else of a record changes, and no record goes. */
const triggers = `
create function audit_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'audit_records' then
    if old.checkpoint_number is null and new.checkpoint_number is not null
      and to_jsonb(new) - 'checkpoint_number' = to_jsonb(old) - 'checkpoint_number' then
      return new;
    end if;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, tg_op;
end $$;
create trigger audit_records_append_only before update or delete on audit_records
  for each row execute function audit_append_only();
create trigger audit_records_no_truncate before truncate on audit_records
  for each statement execute function audit_append_only();
create trigger audit_checkpoints_append_only before update or delete on audit_checkpoints
  for each row execute function audit_append_only();
create trigger audit_checkpoints_no_truncate before truncate on audit_checkpoints
  for each statement execute function audit_append_only();
create trigger audit_checkpoint_leaves_append_only before update or delete on audit_checkpoint_leaves
  for each row execute function audit_append_only();
create trigger audit_checkpoint_leaves_no_truncate before truncate on audit_checkpoint_leaves
  for each statement execute function audit_append_only();
`;

/** What people did besides deciding on a case, and the signed checkpoints over it and over the chains of events. */
export class Audit1763700016000 implements MigrationInterface {
  name = 'Audit1763700016000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(records);
    await runner.query(checkpoints);
    await runner.query(triggers);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
