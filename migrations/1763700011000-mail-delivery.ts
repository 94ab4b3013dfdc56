import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
alter table people add column mail_delivery text not null default 'both';
alter table people add constraint ck_people_mail_delivery check (mail_delivery in ('both', 'single', 'digest'));
`;

/** How each person wants to be written to. */
export class MailDelivery1763700011000 implements MigrationInterface {
  name = 'MailDelivery1763700011000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
