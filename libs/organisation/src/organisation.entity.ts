import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { OrganisationKind } from '#contracts/organisation.js';
import { ProvinceEntity } from './province.entity.js';

/** What stays the same when an organisation is renamed or moved. Its names live in `organisation_versions`. */
@Entity('organisations')
@Unique('uq_organisations_code', ['provinceId', 'code'])
@Check('ck_organisations_kind', `kind in ('peoplesCommittee', 'office', 'party', 'department', 'other')`)
export class OrganisationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_organisations' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_organisations_province' })
  provinceId!: string;

  @Column('text')
  code!: string;

  @Column('text')
  kind!: OrganisationKind;
}
