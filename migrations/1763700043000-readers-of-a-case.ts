import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
alter table proposals add column focal_id uuid, add column authority_id uuid;

update proposals p set
  focal_id = (c.organisations->>'focalId')::uuid,
  authority_id = (c.organisations->>'authorityId')::uuid
from (
  select i.id, coalesce(s.content->'organisations', i.snapshot->'context'->'organisations') as organisations
  from instances i left join shared_contexts s on s.digest = i.shared_digest
) c
where c.id = p.instance_id;

alter table proposals alter column focal_id set not null, alter column authority_id set not null;
`;

/** The focal agency and the authority of a case beside its unit: who may read a case is one condition, for lists and for one case alike. */
export class ReadersOfACase1763700043000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
