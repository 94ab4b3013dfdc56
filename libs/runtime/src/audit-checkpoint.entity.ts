import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A signed statement about everything that was new since the one before it. Append-only. */
@Entity('audit_checkpoints')
export class AuditCheckpointEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_audit_checkpoints' })
  number!: number;

  @Column('timestamptz')
  at!: Date;

  /** Every event older than this is covered by this checkpoint or an earlier one; null while the first round is not complete. */
  @Column('timestamptz', { nullable: true })
  horizon!: Date | null;

  @Column('integer', { name: 'leaf_count' })
  leafCount!: number;

  @Column('bytea')
  root!: Buffer;

  @Column('bytea', { name: 'previous_hash' })
  previousHash!: Buffer;

  @Column('bytea')
  hash!: Buffer;

  @Column('text', { name: 'key_id' })
  keyId!: string;

  /** SPKI, base64. */
  @Column('text', { name: 'public_key' })
  publicKey!: string;

  @Column('bytea')
  signature!: Buffer;
}

/** One thing a checkpoint covers: the head of a chain of events, an audit record, or a refusal. */
@Entity('audit_checkpoint_leaves')
@Check('ck_audit_checkpoint_leaves_kind', `kind in ('chain', 'record', 'refusal')`)
@Index('ix_audit_checkpoint_leaves_subject', ['subjectId', 'seq'])
export class AuditCheckpointLeafEntity {
  @PrimaryColumn('integer', { name: 'checkpoint_number', primaryKeyConstraintName: 'pk_audit_checkpoint_leaves' })
  @ForeignKey(() => AuditCheckpointEntity, { name: 'fk_audit_checkpoint_leaves_checkpoint' })
  checkpointNumber!: number;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_audit_checkpoint_leaves' })
  position!: number;

  @Column('text')
  kind!: 'chain' | 'record' | 'refusal';

  /** Instance, record or refusal. */
  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;

  /** Of a chain: the number of the event whose hash this is. Otherwise 0. */
  @Column('integer')
  seq!: number;

  @Column('bytea')
  hash!: Buffer;
}
