import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What is known about a place that delivery reports are read from: shared by all workers, shown to the operator. */
@Entity('delivery_report_sources')
@Check('ck_delivery_report_sources_kind', `kind in ('folder', 'mailbox')`)
@Check('ck_delivery_report_sources_fault', '(fault is null) = (fault_since is null)')
export class DeliveryReportSourceEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_delivery_report_sources' })
  kind!: 'folder' | 'mailbox';

  /** By the database's own clock: who looks next does not look before. */
  @Column('timestamptz', { name: 'next_look_at' })
  nextLookAt!: Date;

  /** The last time it could be read. */
  @Column('timestamptz', { name: 'looked_at', nullable: true })
  lookedAt!: Date | null;

  @Column('text', { nullable: true })
  fault!: string | null;

  @Column('timestamptz', { name: 'fault_since', nullable: true })
  faultSince!: Date | null;

  /** In a row; each makes the wait for the next look longer. */
  @Column('integer', { default: 0 })
  faults!: number;

  /** Mails in it that were no report about a mail of ours, ever; they are flagged there for a person. */
  @Column('integer', { name: 'set_aside', default: 0 })
  setAside!: number;
}
