import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The answer given to a request, so that the same request sent again gets the same answer. */
@Entity('idempotency_keys')
@Index('ix_idempotency_keys_created_at', ['createdAt'])
export class IdempotencyKeyEntity {
  @PrimaryColumn('uuid', { name: 'principal_id', primaryKeyConstraintName: 'pk_idempotency_keys' })
  principalId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_idempotency_keys' })
  key!: string;

  @Column('text', { name: 'body_hash' })
  bodyHash!: string;

  @Column('integer')
  status!: number;

  @Column('jsonb')
  body!: unknown;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
