import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A browser on its way to the identity provider and back. Only the SHA-256 of its cookie is kept; the row is used once. */
@Entity('provider_sign_ins')
@Index('ix_provider_sign_ins_expires_at', ['expiresAt'])
export class ProviderSignInEntity {
  @PrimaryColumn('bytea', { name: 'token_hash', primaryKeyConstraintName: 'pk_provider_sign_ins' })
  tokenHash!: Buffer;

  @Column('text')
  state!: string;

  @Column('text')
  nonce!: string;

  @Column('text', { name: 'code_verifier' })
  codeVerifier!: string;

  /** A path of ours, where the person wanted to go. */
  @Column('text', { name: 'return_to' })
  returnTo!: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
