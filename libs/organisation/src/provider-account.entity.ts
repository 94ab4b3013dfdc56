import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** Whose account at the identity provider it is: written at the first sign-in by a verified address, and from then on the only one. */
@Entity('provider_accounts')
@Unique('uq_provider_accounts_person', ['issuer', 'personId'])
export class ProviderAccountEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_provider_accounts' })
  issuer!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_provider_accounts' })
  subject!: string;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_provider_accounts_person' })
  personId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
