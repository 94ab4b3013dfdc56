import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Plan1763700003000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE plans (
        id uuid NOT NULL,
        province_id uuid NOT NULL,
        year integer NOT NULL,
        direction text NOT NULL,
        title text,
        document_number text,
        document_date date,
        document_issuer text,
        imported_by_id uuid,
        imported_at timestamptz NOT NULL,
        CONSTRAINT pk_plans PRIMARY KEY (id)
      )`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX uq_plans_province_year_direction ON plans (province_id, year, direction)',
    );
    await queryRunner.query(`
      CREATE TABLE plan_items (
        id uuid NOT NULL,
        province_id uuid NOT NULL,
        plan_id uuid NOT NULL,
        position integer NOT NULL,
        year integer NOT NULL,
        direction text NOT NULL,
        state text NOT NULL,
        number text,
        section text,
        name text NOT NULL,
        capacity text,
        head text,
        countries jsonb NOT NULL,
        countries_label text,
        partners text,
        content text,
        people_count integer,
        delegation_count integer,
        people_label text,
        days integer,
        includes_travel boolean,
        period_from date,
        period_to date,
        period_label text,
        further_activities jsonb NOT NULL,
        funding text,
        host_unit text,
        note text,
        document_title text,
        document_number text,
        document_date date,
        document_issuer text,
        row_digest text NOT NULL,
        search_name text NOT NULL,
        preview_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_plan_items PRIMARY KEY (id),
        CONSTRAINT fk_plan_items_plan FOREIGN KEY (plan_id) REFERENCES plans (id)
      )`);
    await queryRunner.query('CREATE UNIQUE INDEX uq_plan_items_plan_digest ON plan_items (plan_id, row_digest)');
    await queryRunner.query('CREATE INDEX ix_plan_items_province_year ON plan_items (province_id, year)');
    await queryRunner.query('CREATE UNIQUE INDEX uq_plan_items_plan_position ON plan_items (plan_id, position)');
    await queryRunner.query(`
      CREATE TABLE plan_previews (
        id uuid NOT NULL,
        province_id uuid NOT NULL,
        file_name text NOT NULL,
        file_sha256 text NOT NULL,
        kind text NOT NULL,
        reading jsonb NOT NULL,
        created_by_id uuid,
        created_at timestamptz NOT NULL,
        confirmed_by_id uuid,
        confirmed_at timestamptz,
        outcome jsonb,
        CONSTRAINT pk_plan_previews PRIMARY KEY (id)
      )`);
    await queryRunner.query(
      'CREATE INDEX ix_plan_previews_province_sha256 ON plan_previews (province_id, file_sha256)',
    );
  }

  /** Forward only: a plan once imported is a record. */
  async down(): Promise<void> {
    throw new Error('Migrations are forward-only: write a new one instead of reverting 1763700003000-plan.');
  }
}
