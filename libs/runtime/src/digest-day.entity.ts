import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The mornings whose digests are in the ledger, so that none is planned twice. */
@Entity('digest_days')
export class DigestDayEntity {
  @PrimaryColumn('uuid', { name: 'province_id', primaryKeyConstraintName: 'pk_digest_days' })
  provinceId!: string;

  @PrimaryColumn('date', { primaryKeyConstraintName: 'pk_digest_days' })
  day!: string;

  @Column('timestamptz', { name: 'planned_at' })
  plannedAt!: Date;
}
