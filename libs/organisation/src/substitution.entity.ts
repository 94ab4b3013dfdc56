import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { type LendableRole, lendableRoles } from '#contracts/substitution.js';
import { InstanceEntity } from '#libs/runtime';
import { OrganisationEntity } from './organisation.entity.js';
import { PersonEntity } from './person.entity.js';
import { ProvinceEntity } from './province.entity.js';

/**
 * Thay thế khi vắng mặt: `substituteId` does the work of `personId` from `firstDay` to `lastDay`, both included. It ends by itself:
 * nothing is written on the day after. Role and organisation null: all of the person's own work.
 */
@Entity('substitutions')
@Index('ix_substitutions_substitute', ['substituteId', 'lastDay'], { where: 'revoked_at is null' })
@Index('ix_substitutions_person', ['personId', 'lastDay'])
@Check('ck_substitutions_people', 'person_id <> substitute_id')
@Check('ck_substitutions_period', 'last_day >= first_day')
@Check('ck_substitutions_role', `role in (${lendableRoles.map((role) => `'${role}'`).join(', ')})`)
@Check('ck_substitutions_revoked', '(revoked_at is null) = (revoked_by_id is null)')
export class SubstitutionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_substitutions' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_substitutions_province' })
  provinceId!: string;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_substitutions_person' })
  personId!: string;

  @Column('uuid', { name: 'substitute_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_substitutions_substitute' })
  substituteId!: string;

  @Column('text', { nullable: true })
  role!: LendableRole | null;

  @Column('uuid', { name: 'organisation_id', nullable: true })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_substitutions_organisation' })
  organisationId!: string | null;

  @Column('date', { name: 'first_day' })
  firstDay!: string;

  @Column('date', { name: 'last_day' })
  lastDay!: string;

  /** The trip it was offered for. */
  @Column('uuid', { name: 'instance_id', nullable: true })
  @ForeignKey(() => InstanceEntity, { name: 'fk_substitutions_instance' })
  instanceId!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('uuid', { name: 'created_by_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_substitutions_created_by' })
  createdById!: string;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @Column('uuid', { name: 'revoked_by_id', nullable: true })
  @ForeignKey(() => PersonEntity, { name: 'fk_substitutions_revoked_by' })
  revokedById!: string | null;
}
