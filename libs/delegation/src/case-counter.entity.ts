import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The running number of case codes: one row a province and year, locked while a case is opened, so numbers have no gap. */
@Entity('case_counters')
export class CaseCounterEntity {
  @PrimaryColumn('uuid', { name: 'province_id', primaryKeyConstraintName: 'pk_case_counters' })
  provinceId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_case_counters' })
  year!: number;

  @Column('integer', { name: 'last_number' })
  lastNumber!: number;
}
