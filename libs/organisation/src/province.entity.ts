import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A tenant. `profileId` names the set of rules (quy chế) its trips are judged by. */
@Entity('provinces')
@Unique('uq_provinces_code', ['code'])
export class ProvinceEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_provinces' })
  id!: string;

  @Column('text')
  code!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'profile_id' })
  profileId!: string;
}
