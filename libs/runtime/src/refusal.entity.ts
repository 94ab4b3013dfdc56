import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { InstanceEntity } from './instance.entity.js';

/** An event the machine refused. The only trace it leaves. */
@Entity('refusals')
@Index('ix_refusals_instance', ['instanceId', 'at'])
@Index('ix_refusals_unsealed', ['at'], { where: 'checkpoint_number is null' })
export class RefusalEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_refusals' })
  id!: string;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_refusals_instance' })
  instanceId!: string;

  @Column('text', { name: 'event_type' })
  eventType!: string;

  /** Names of the rules that said no; the reason itself when no rule did. */
  @Column('jsonb')
  rules!: string[];

  @Column('uuid', { name: 'principal_id', nullable: true })
  principalId!: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('timestamptz')
  at!: Date;

  /** The checkpoint that sealed it; null until then. */
  @Column('integer', { name: 'checkpoint_number', nullable: true })
  checkpointNumber!: number | null;
}
