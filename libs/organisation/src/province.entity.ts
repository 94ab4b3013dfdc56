import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A tenant. Its rules (quy chế) are versions of their own, see the regulation room. */
@Entity('provinces')
@Unique('uq_provinces_code', ['code'])
export class ProvinceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_provinces' })
  id!: string;

  @Column('text')
  code!: string;

  @Column('text')
  name!: string;
}
