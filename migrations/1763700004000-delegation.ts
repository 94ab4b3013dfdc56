import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The proposal with its people, money, revisions, dossier and files; the running number of case codes. */
export class Delegation1763700004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(proposals);
    await runner.query(partsOfAProposal);
    await runner.query(dossier);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}

const proposals = `
create table proposals (
  instance_id uuid not null,
  province_id uuid not null,
  organisation_id uuid not null,
  proposer_id uuid not null,
  case_code text not null,
  plan_item_id uuid,
  revision integer not null,
  digest text not null,
  delegation_name text not null,
  capacity text not null,
  purpose_kind text not null,
  purpose text not null,
  countries jsonb not null,
  departure_date date,
  return_date date,
  day_count integer,
  includes_travel_days boolean not null,
  partners text not null,
  content text not null,
  out_of_plan_justification text not null,
  urgent_reason text not null,
  exceptions jsonb not null,
  no_state_secrets boolean not null,
  search_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint pk_proposals primary key (instance_id),
  constraint fk_proposals_instance foreign key (instance_id) references instances (id),
  constraint ck_proposals_dates check (return_date is null or departure_date is null or return_date >= departure_date)
);
create index ix_proposals_organisation on proposals (province_id, organisation_id, created_at, instance_id);
create index ix_proposals_province on proposals (province_id, created_at, instance_id);
create index ix_proposals_plan_item on proposals (plan_item_id) where plan_item_id is not null;

create table case_counters (
  province_id uuid not null,
  year integer not null,
  last_number integer not null,
  constraint pk_case_counters primary key (province_id, year)
);
`;

const partsOfAProposal = `
create table proposal_members (
  instance_id uuid not null,
  position integer not null,
  person_id uuid,
  full_name text not null,
  title text not null,
  organisation text not null,
  role text not null,
  constraint pk_proposal_members primary key (instance_id, position),
  constraint fk_proposal_members_proposal foreign key (instance_id) references proposals (instance_id)
);
create index ix_proposal_members_person on proposal_members (person_id) where person_id is not null;

create table proposal_funding (
  instance_id uuid not null,
  position integer not null,
  source text not null,
  label text not null,
  amount numeric(18, 2),
  currency text not null,
  paid_by text not null,
  constraint pk_proposal_funding primary key (instance_id, position),
  constraint fk_proposal_funding_proposal foreign key (instance_id) references proposals (instance_id)
);

create table proposal_revisions (
  instance_id uuid not null,
  revision integer not null,
  digest text not null,
  content jsonb not null,
  edited_by_id uuid not null,
  edited_at timestamptz not null,
  constraint pk_proposal_revisions primary key (instance_id, revision),
  constraint fk_proposal_revisions_proposal foreign key (instance_id) references proposals (instance_id)
);
`;

const dossier = `
create table stored_files (
  id uuid not null,
  province_id uuid not null,
  sha256 text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  uploaded_by_id uuid not null,
  created_at timestamptz not null,
  constraint pk_stored_files primary key (id)
);
create index ix_stored_files_sha256 on stored_files (sha256);

create table dossier_documents (
  id uuid not null,
  instance_id uuid not null,
  kind text not null,
  number text,
  date date,
  title text,
  file_id uuid not null,
  attached_at timestamptz not null,
  attached_by_id uuid not null,
  constraint pk_dossier_documents primary key (id),
  constraint fk_dossier_documents_proposal foreign key (instance_id) references proposals (instance_id),
  constraint fk_dossier_documents_file foreign key (file_id) references stored_files (id)
);
create index ix_dossier_documents_instance on dossier_documents (instance_id, attached_at);
`;
