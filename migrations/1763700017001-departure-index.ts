import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create index ix_proposals_departure on proposals (province_id, departure_date);
`;

/** Who is abroad on a day, and the trips of a year, are asked by the day of departure. */
export class DepartureIndex1763700017001 implements MigrationInterface {
  name = 'DepartureIndex1763700017001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
