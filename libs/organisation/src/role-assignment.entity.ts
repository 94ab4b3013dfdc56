import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '#contracts/roles.js';
import { OrganisationEntity } from './organisation.entity.js';
import { PersonEntity } from './person.entity.js';

/** What a person may be in an organisation, from `validFrom` up to, not including, `validTo`. */
@Entity('role_assignments')
@Unique('uq_role_assignments_from', ['personId', 'organisationId', 'role', 'validFrom'])
@Index('ix_role_assignments_holder', ['organisationId', 'role'])
@Check('ck_role_assignments_period', 'valid_to is null or valid_to > valid_from')
@Check(
  'ck_role_assignments_role',
  `role in ('unitOfficer', 'unitHead', 'reviewer', 'leader', 'clerk', 'administrator', 'inspector')`,
)
@Exclusion(
  'ex_role_assignments_period',
  'using gist (person_id with =, organisation_id with =, role with =, daterange(valid_from, valid_to) with &&)',
)
export class RoleAssignmentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_role_assignments' })
  id!: string;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_role_assignments_person' })
  personId!: string;

  @Column('uuid', { name: 'organisation_id' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_role_assignments_organisation' })
  organisationId!: string;

  @Column('text')
  role!: Role;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('date', { name: 'valid_to', nullable: true })
  validTo!: string | null;
}
