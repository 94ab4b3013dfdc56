import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table saved_inbox_views (
  id uuid not null,
  person_id uuid not null,
  name text not null,
  filter jsonb not null,
  created_at timestamptz not null,
  constraint pk_saved_inbox_views primary key (id),
  constraint uq_saved_inbox_views_name unique (person_id, name),
  constraint fk_saved_inbox_views_person foreign key (person_id) references people (id)
);
`;

/** Filters of the inbox somebody gave a name. */
export class SavedInboxViews1763700017000 implements MigrationInterface {
  name = 'SavedInboxViews1763700017000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
