import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { OrganisationEntity } from './organisation.entity.js';
import { PersonEntity } from './person.entity.js';

/** Chức vụ: what a person is called in an organisation, from `validFrom` up to, not including, `validTo`. */
@Entity('positions')
@Index('ix_positions_person', ['personId'])
@Index('ix_positions_organisation', ['organisationId'])
@Check('ck_positions_period', 'valid_to is null or valid_to > valid_from')
@Exclusion(
  'ex_positions_period',
  'using gist (person_id with =, organisation_id with =, title with =, daterange(valid_from, valid_to) with &&)',
)
export class PositionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_positions' })
  id!: string;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_positions_person' })
  personId!: string;

  @Column('uuid', { name: 'organisation_id' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_positions_organisation' })
  organisationId!: string;

  @Column('text')
  title!: string;

  /** Under whose management the position stands: a `MemberRank`. One no longer in that list counts as unknown. */
  @Column('text')
  rank!: string;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;
}
