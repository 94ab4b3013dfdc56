import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { SharedContextEntity } from './shared-context.entity.js';

/** One running case and its last accepted state. Written by the runtime only. */
@Entity('instances')
@Unique('uq_instances_case_code', ['provinceId', 'caseCode'])
@Check('ck_instances_status', `status in ('active', 'done')`)
export class InstanceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_instances' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  provinceId!: string;

  @Column('text', { name: 'definition_id' })
  definitionId!: string;

  @Column('integer', { name: 'definition_version' })
  definitionVersion!: number;

  @Column('text', { name: 'case_code' })
  caseCode!: string;

  /** Without the shared part of its context. */
  @Column('jsonb')
  snapshot!: Record<string, unknown>;

  @Column('bytea', { name: 'shared_digest', nullable: true })
  @ForeignKey(() => SharedContextEntity, { name: 'fk_instances_shared' })
  sharedDigest!: Buffer | null;

  @Column('text', { array: true })
  states!: string[];

  @Column('text')
  status!: 'active' | 'done';

  /** Rises by one with every accepted event; the ETag people send back as If-Match. */
  @Column('integer')
  version!: number;

  @Column('integer', { name: 'last_seq' })
  lastSeq!: number;

  /** Hash of the newest event: a cut tail of the log shows here. */
  @Column('bytea', { name: 'last_hash' })
  lastHash!: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
