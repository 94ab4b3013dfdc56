import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One row: the hands of the clock that a trial, a walk-through or a test sets. Never used in production. */
@Entity('test_clock')
@Check('ck_test_clock_single', 'id = 1')
export class TestClockEntity {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'pk_test_clock' })
  id!: number;

  @Column('timestamptz')
  now!: Date;

  /** When they were put there, by the clock of the machine. */
  @Column('timestamptz', { name: 'set_at' })
  setAt!: Date;
}
