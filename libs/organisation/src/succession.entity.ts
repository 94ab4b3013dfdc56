import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { SuccessionPlan } from '#contracts/succession.js';
import { OrganisationEntity } from './organisation.entity.js';
import { PersonEntity } from './person.entity.js';
import { ProvinceEntity } from './province.entity.js';

/** From `validFrom` on `successorId` does what `organisationId` did, wholly or in part. */
@Entity('organisation_successions')
@Index('ix_organisation_successions_province', ['provinceId', 'validFrom'])
@Check('ck_organisation_successions_other', 'organisation_id <> successor_id')
@Check('ck_organisation_successions_applied', '(applied_at is null) = (moved is null)')
export class SuccessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_organisation_successions' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_organisation_successions_province' })
  provinceId!: string;

  @Column('uuid', { name: 'organisation_id' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_organisation_successions_organisation' })
  organisationId!: string;

  @Column('uuid', { name: 'successor_id' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_organisation_successions_successor' })
  successorId!: string;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  /** As it was ordered: whether the first one ends, which cases and people go over, and by which document. */
  @Column('jsonb')
  plan!: SuccessionPlan;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('uuid', { name: 'created_by_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_organisation_successions_created_by' })
  createdById!: string;

  @Column('timestamptz', { name: 'applied_at', nullable: true })
  appliedAt!: Date | null;

  @Column('jsonb', { nullable: true })
  moved!: { cases: number; tasks: number; people: number } | null;
}
