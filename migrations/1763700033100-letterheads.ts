import type { MigrationInterface, QueryRunner } from 'typeorm';

const letterheads = `
create table letterheads (
  id uuid not null,
  province_id uuid not null,
  organisation_id uuid not null,
  body text not null,
  valid_from date not null,
  content jsonb not null,
  created_at timestamptz not null,
  created_by_id uuid not null,
  constraint pk_letterheads primary key (id),
  constraint uq_letterheads_from unique (organisation_id, body, valid_from),
  constraint fk_letterheads_province foreign key (province_id) references provinces (id),
  constraint fk_letterheads_organisation foreign key (organisation_id) references organisations (id),
  constraint ck_letterheads_body check (body in ('own', 'party'))
);
create index ix_letterheads_province on letterheads (province_id);
`;

/** How an office writes from a day on; before the first of its rows the product makes it from the name and kind of the organisation. */
export class Letterheads1763700033100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(letterheads);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
