import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** A signed-in browser. Only the SHA-256 of the token is kept, so a copy of the table opens no session. */
@Entity('sessions')
@Unique('uq_sessions_token_hash', ['tokenHash'])
@Index('ix_sessions_person', ['personId'])
@Index('ix_sessions_expires_at', ['expiresAt'])
@Check('ck_sessions_awaits', "awaits = 'secondFactorCode'")
export class SessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_sessions' })
  id!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_sessions_person' })
  personId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Written at most every five minutes. */
  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  /** Signed in through the identity provider, so signing out leads there too. */
  @Column('boolean', { name: 'by_provider', default: false })
  byProvider!: boolean;

  /** The provider's own name of its session, when it told one: it may end ours by it. */
  @Column('text', { name: 'provider_session', nullable: true })
  providerSession!: string | null;

  /**
   * What has to be given before the session opens anything else; null: nothing. That a factor has to be set up first is not kept: it
   * follows from roles and settings at each request.
   */
  @Column('text', { nullable: true })
  awaits!: 'secondFactorCode' | null;

  /** What the browser calls itself, so that its owner recognises it; shown to nobody else. */
  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;
}
