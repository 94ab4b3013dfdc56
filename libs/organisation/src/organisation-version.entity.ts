import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { OrganisationEntity } from './organisation.entity.js';

/** Name and parent from `validFrom` up to, not including, `validTo` (null: still). Calendar days. */
@Entity('organisation_versions')
@Unique('uq_organisation_versions_from', ['organisationId', 'validFrom'])
@Index('uq_organisation_versions_open', ['organisationId'], { unique: true, where: 'valid_to is null' })
@Check('ck_organisation_versions_period', 'valid_to is null or valid_to > valid_from')
@Exclusion(
  'ex_organisation_versions_period',
  'using gist (organisation_id with =, daterange(valid_from, valid_to) with &&)',
)
export class OrganisationVersionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_organisation_versions' })
  id!: string;

  @Column('uuid', { name: 'organisation_id' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_organisation_versions_organisation' })
  organisationId!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'short_name' })
  shortName!: string;

  @Column('uuid', { name: 'parent_id', nullable: true })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_organisation_versions_parent' })
  parentId!: string | null;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;
}
