import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table workers (
  id uuid not null constraint pk_workers primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  queue text not null,
  queue_away_since timestamptz,
  constraint ck_workers_queue check (queue in ('redis', 'postgres'))
);
`;

/** Whether anybody sends mails and fires deadlines, for the operator: a ledger without trouble looks the same when nobody does. */
export class WorkersAtWork1763700048000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are forward-only. To undo this one, write a new migration.');
  }
}
