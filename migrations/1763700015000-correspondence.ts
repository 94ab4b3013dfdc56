import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table number_books (
  organisation_id uuid not null,
  year integer not null,
  series text not null,
  first_number integer not null,
  last_number integer not null,
  last_date date not null,
  constraint pk_number_books primary key (organisation_id, year, series),
  constraint fk_number_books_organisation foreign key (organisation_id) references organisations (id)
);

create table official_documents (
  id uuid not null,
  province_id uuid not null,
  instance_id uuid not null,
  type text not null,
  subject text not null,
  organisation_id uuid not null,
  series text,
  content jsonb not null,
  proposal_digest text not null,
  signer_id uuid not null,
  created_at timestamptz not null,
  created_by_id uuid not null,
  year integer,
  number integer,
  date date,
  numbered_at timestamptz,
  numbered_by_id uuid,
  file_sha256 text,
  file_size integer,
  signed_document_id uuid,
  voided_at timestamptz,
  voided_by_id uuid,
  void_reason text,
  constraint pk_official_documents primary key (id),
  constraint fk_official_documents_organisation foreign key (organisation_id) references organisations (id),
  constraint uq_official_documents_number unique (organisation_id, year, series, number)
);
create index ix_official_documents_instance on official_documents (instance_id, created_at);
create unique index uq_official_documents_draft on official_documents (instance_id, type, subject)
  where numbered_at is null and signed_document_id is null;
`;

/** Official documents of cases and the books their numbers come from. */
export class Correspondence1763700015000 implements MigrationInterface {
  name = 'Correspondence1763700015000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
