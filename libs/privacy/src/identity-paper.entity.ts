import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProposalEntity } from '#libs/delegation';

/**
 * Passport number and birth date of a member of a delegation, sealed. A member without an account has no id of their own, and positions
 * move when the list is edited: `memberKey` is the id of the person, else the name in the form of the search.
 */
@Entity('identity_papers')
@Index('ix_identity_papers_passport', ['passportIndex'], { where: 'passport_index is not null' })
export class IdentityPaperEntity {
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'pk_identity_papers' })
  @ForeignKey(() => ProposalEntity, { name: 'fk_identity_papers_proposal' })
  instanceId!: string;

  @PrimaryColumn('text', { name: 'member_key', primaryKeyConstraintName: 'pk_identity_papers' })
  memberKey!: string;

  @Column('uuid', { name: 'province_id' })
  provinceId!: string;

  /** See `seal`. */
  @Column('bytea', { name: 'sealed_passport_number', nullable: true })
  sealedPassportNumber!: Buffer | null;

  /** HMAC of the number under a key of its own: finds the same number again and tells nothing without the key. */
  @Column('bytea', { name: 'passport_index', nullable: true })
  passportIndex!: Buffer | null;

  @Column('bytea', { name: 'sealed_birth_date', nullable: true })
  sealedBirthDate!: Buffer | null;

  @Column('date', { name: 'passport_expires_on', nullable: true })
  passportExpiresOn!: string | null;

  @Column('uuid', { name: 'updated_by_id' })
  updatedById!: string;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
