import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create index ix_mails_due on mails (not_before, id) where status in ('planned', 'queued') and not in_digest;
drop index ix_mails_planned;
drop index ix_mails_queued;
drop index ix_timers_due;
create index ix_timers_due on timers (due_at, id) where fired_at is null and cancelled_at is null;
drop index ix_outbox_messages_open;
create index ix_outbox_messages_open on outbox_messages (not_before, id) where relayed_at is null;
`;

/**
 * Whoever takes the next few timers, messages or mails reads them off the front of one index, in the order of the taking. Without the id
 * in it everything due at one instant was collected and sorted for every batch, and mails over two indexes, one for each status, for
 * every few: with thousands due that was most of the work.
 */
export class DueInOrder1763700022000 implements MigrationInterface {
  name = 'DueInOrder1763700022000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
