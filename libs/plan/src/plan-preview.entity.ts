import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PlanImport } from '#contracts/plan.js';
import type { ReadPlan } from './plan-reader.js';

/** A file read but not imported; after confirmation, the record of the import. */
@Entity({ name: 'plan_previews' })
@Index('ix_plan_previews_province_sha256', ['provinceId', 'fileSha256'])
export class PlanPreviewEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_plan_previews' })
  id!: string;

  @Column({ name: 'province_id', type: 'uuid' })
  provinceId!: string;

  @Column({ name: 'file_name', type: 'text' })
  fileName!: string;

  @Column({ name: 'file_sha256', type: 'text' })
  fileSha256!: string;

  @Column({ type: 'text' })
  kind!: 'xlsx' | 'docx' | 'csv';

  @Column({ type: 'jsonb' })
  reading!: ReadPlan;

  @Column({ name: 'created_by_id', type: 'uuid', nullable: true })
  createdById!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'confirmed_by_id', type: 'uuid', nullable: true })
  confirmedById!: string | null;

  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true })
  confirmedAt!: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  outcome!: PlanImport | null;
}
