import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PlanDirection } from '#contracts/plan.js';

/** One per province, year and direction; later files of the same year add lines to it. */
@Entity({ name: 'plans' })
@Index('uq_plans_province_year_direction', ['provinceId', 'year', 'direction'], { unique: true })
export class PlanEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_plans' })
  id!: string;

  @Column({ name: 'province_id', type: 'uuid' })
  provinceId!: string;

  @Column({ type: 'integer' })
  year!: number;

  @Column({ type: 'text' })
  direction!: PlanDirection;

  @Column({ type: 'text', nullable: true })
  title!: string | null;

  @Column({ name: 'document_number', type: 'text', nullable: true })
  documentNumber!: string | null;

  @Column({ name: 'document_date', type: 'date', nullable: true })
  documentDate!: string | null;

  @Column({ name: 'document_issuer', type: 'text', nullable: true })
  documentIssuer!: string | null;

  @Column({ name: 'imported_by_id', type: 'uuid', nullable: true })
  importedById!: string | null;

  @Column({ name: 'imported_at', type: 'timestamptz' })
  importedAt!: Date;
}
