import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ApiScope } from '#contracts/api-token.js';
import { PersonEntity } from './person.entity.js';
import { ProvinceEntity } from './province.entity.js';

/** Lets another system in, for what its scopes name. Only the SHA-256 of the token is kept. */
@Entity('api_tokens')
@Unique('uq_api_tokens_hash', ['tokenHash'])
@Index('ix_api_tokens_province', ['provinceId', 'createdAt'])
@Check('ck_api_tokens_scopes', 'cardinality(scopes) > 0')
@Check('ck_api_tokens_period', 'expires_at > created_at')
export class ApiTokenEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_api_tokens' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_api_tokens_province' })
  provinceId!: string;

  @Column('text')
  name!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('text', { array: true })
  scopes!: ApiScope[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Null: the operator at the command line. */
  @Column('uuid', { name: 'created_by_id', nullable: true })
  @ForeignKey(() => PersonEntity, { name: 'fk_api_tokens_created_by' })
  createdById!: string | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  /** Written at most every five minutes. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
