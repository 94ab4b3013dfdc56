import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProvinceEntity } from '#libs/organisation';

/** A reminder of the plan that was said: the row is what keeps it from being said again. */
@Entity('plan_reminders')
export class PlanReminderEntity {
  @PrimaryColumn('uuid', { name: 'province_id', primaryKeyConstraintName: 'pk_plan_reminders' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_plan_reminders_province' })
  provinceId!: string;

  /** The line or duty, what it was about and how many days before or after it. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_plan_reminders' })
  key!: string;

  @Column('timestamptz', { name: 'said_at' })
  saidAt!: Date;
}
