import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table calendar_feeds (
  person_id uuid not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  constraint pk_calendar_feeds primary key (person_id),
  constraint uq_calendar_feeds_secret_hash unique (secret_hash),
  constraint fk_calendar_feeds_person foreign key (person_id) references people (id)
);
`;

/** The private calendar of a person, read by a program that cannot sign in. */
export class CalendarFeeds1763700021000 implements MigrationInterface {
  name = 'CalendarFeeds1763700021000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
