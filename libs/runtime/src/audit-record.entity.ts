import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { auditRecordKinds } from '#contracts/audit.js';

export type AuditKind = (typeof auditRecordKinds)[number];

/** Something a person did or looked at that is no event of a case. A trigger refuses every change but its sealing. */
@Entity('audit_records')
@Check('ck_audit_records_kind', `kind in ('administration', 'personalData', 'export', 'session')`)
@Index('ix_audit_records_unsealed', ['at'], { where: 'checkpoint_number is null' })
@Index('ix_audit_records_province', ['provinceId', 'at', 'id'])
@Index('ix_audit_records_instance', ['instanceId', 'at'], { where: 'instance_id is not null' })
export class AuditRecordEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_audit_records' })
  id!: string;

  /** Null: of the whole installation. */
  @Column('uuid', { name: 'province_id', nullable: true })
  provinceId!: string | null;

  @Column('text')
  kind!: AuditKind;

  /** What was done: "person.created", "case.exported". */
  @Column('text')
  action!: string;

  /** What it was done to: a person, an organisation, a substitution. */
  @Column('uuid', { name: 'subject_id', nullable: true })
  subjectId!: string | null;

  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  /** Null: the operator at the command line, or the system. */
  @Column('uuid', { name: 'principal_id', nullable: true })
  principalId!: string | null;

  @Column('uuid', { name: 'on_behalf_of_id', nullable: true })
  onBehalfOfId!: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('timestamptz')
  at!: Date;

  /** Ids, codes, names of fields. Nothing personal. */
  @Column('jsonb')
  details!: Record<string, unknown>;

  @Column('bytea')
  hash!: Buffer;

  /** The checkpoint that sealed it; null until then. */
  @Column('integer', { name: 'checkpoint_number', nullable: true })
  checkpointNumber!: number | null;
}
