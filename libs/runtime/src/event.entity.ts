import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { InstanceEntity } from './instance.entity.js';

/** The append-only log. A trigger refuses every change but erasing `private` with its salt. */
@Entity('events')
@Index('ix_events_at', ['at'])
export class EventEntity {
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'pk_events' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_events_instance' })
  instanceId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_events' })
  seq!: number;

  @Column('text')
  type!: string;

  @Column('jsonb')
  payload!: Record<string, unknown>;

  /** Null: the system, that is a timer. */
  @Column('uuid', { name: 'principal_id', nullable: true })
  principalId!: string | null;

  @Column('uuid', { name: 'on_behalf_of_id', nullable: true })
  onBehalfOfId!: string | null;

  @Column('uuid', { name: 'organisation_version_id', nullable: true })
  organisationVersionId!: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('timestamptz')
  at!: Date;

  @Column('bytea', { name: 'prev_hash' })
  prevHash!: Buffer;

  @Column('bytea')
  hash!: Buffer;

  /** Free text and names; null when there were none or they were erased. */
  @Column('jsonb', { nullable: true })
  private!: Record<string, unknown> | null;

  @Column('bytea', { name: 'private_salt', nullable: true })
  privateSalt!: Buffer | null;

  @Column('bytea', { name: 'private_digest', nullable: true })
  privateDigest!: Buffer | null;
}
