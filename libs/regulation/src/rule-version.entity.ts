import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import type { RuleProfile } from '#contracts/rule-profile.js';
import { ProvinceEntity } from '#libs/organisation';

/** A version of a province's rule profile. Never changed once written: what a case was judged by stays readable. */
@Entity('rule_versions')
@Unique('uq_rule_versions_version', ['provinceId', 'version'])
@Check('ck_rule_versions_period', 'valid_to is null or valid_to > valid_from')
export class RuleVersionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_rule_versions' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_rule_versions_province' })
  provinceId!: string;

  @Column('integer')
  version!: number;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;

  /** Beside the content, because lists of cases ask for it. */
  @Column('text', { name: 'focal_organisation_code' })
  focalOrganisationCode!: string;

  @Column('jsonb')
  content!: RuleProfile;

  /** Why it was changed, in the words of whoever did. */
  @Column('text')
  note!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Null: the profile the product brings along, adopted when the province was first used. */
  @Column('uuid', { name: 'created_by_id', nullable: true })
  createdById!: string | null;
}
