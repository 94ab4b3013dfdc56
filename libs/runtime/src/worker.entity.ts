import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A process that fires deadlines and sends mails; one that ends in order takes its row away. By the database's own clock. */
@Entity('workers')
@Check('ck_workers_queue', `queue in ('redis', 'postgres')`)
export class WorkerEntity {
  /** Of one life of the process. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_workers' })
  id!: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  /** When it last began a beat. */
  @Column('timestamptz', { name: 'seen_at' })
  seenAt!: Date;

  @Column('text')
  queue!: 'redis' | 'postgres';

  /** Null: the queue answers. */
  @Column('timestamptz', { name: 'queue_away_since', nullable: true })
  queueAwaySince!: Date | null;
}
