import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** Opens one password, once. Only the SHA-256 of the token is kept, so a copy of the table opens none. */
@Entity('account_links')
@Index('ix_account_links_person', ['personId'])
@Check('ck_account_links_kind', `kind in ('invitation', 'reset')`)
export class AccountLinkEntity {
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'pk_account_links' })
  tokenHash!: Buffer;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_account_links_person' })
  personId!: string;

  /** invitation: the person never had a password. */
  @Column('text')
  kind!: 'invitation' | 'reset';

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Null: made for a mail, when it was sent. */
  @Column('uuid', { name: 'created_by_id', nullable: true })
  @ForeignKey(() => PersonEntity, { name: 'fk_account_links_created_by' })
  createdById!: string | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt!: Date | null;
}
