import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { RetentionClass } from '#contracts/retention.js';
import { ProvinceEntity } from '#libs/organisation';

/** How long a province keeps a class, where it differs from the product's own number. */
@Entity('retention_rules')
@Check('ck_retention_rules_days', 'keep_days between 0 and 10950')
export class RetentionRuleEntity {
  @PrimaryColumn('uuid', { name: 'province_id', primaryKeyConstraintName: 'pk_retention_rules' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_retention_rules_province' })
  provinceId!: string;

  @PrimaryColumn('text', { name: 'data_class', primaryKeyConstraintName: 'pk_retention_rules' })
  dataClass!: RetentionClass;

  @Column('integer', { name: 'keep_days' })
  keepDays!: number;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt!: Date;

  @Column('uuid', { name: 'changed_by_id' })
  changedById!: string;
}

/** What a run erased, by class. */
@Entity('retention_runs')
@Index('ix_retention_runs_province', ['provinceId', 'at'])
export class RetentionRunEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_retention_runs' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_retention_runs_province' })
  provinceId!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('uuid', { name: 'person_id', nullable: true })
  personId!: string | null;

  @Column('jsonb')
  erased!: Partial<Record<RetentionClass, number>>;
}
