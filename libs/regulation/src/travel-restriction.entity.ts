import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { RestrictionKind } from '#contracts/restriction-kinds.js';
import { PersonEntity, ProvinceEntity } from '#libs/organisation';

/** A bar to travel, kept by the focal agency: the person, the kind and the days; what it is about stays where it is handled. */
@Entity('travel_restrictions')
@Index('ix_travel_restrictions_person', ['personId'])
@Index('ix_travel_restrictions_province', ['provinceId', 'recordedAt', 'id'])
@Check('ck_travel_restrictions_period', 'valid_to is null or valid_to >= valid_from')
@Check(
  'ck_travel_restrictions_kind',
  "kind in ('exitSuspension', 'underInspection', 'disciplinaryReview', 'suspendedFromDuty', 'criminalProceedings', 'unsettledObligation', 'retiring')",
)
export class TravelRestrictionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_travel_restrictions' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_travel_restrictions_province' })
  provinceId!: string;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_travel_restrictions_person' })
  personId!: string;

  @Column('text')
  kind!: RestrictionKind;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  /** First day on which it no longer holds; null while it does. */
  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  @Column('uuid', { name: 'recorded_by_id' })
  recordedById!: string;

  @Column('uuid', { name: 'lifted_by_id', nullable: true })
  liftedById!: string | null;
}
