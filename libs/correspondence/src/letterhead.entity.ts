import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { LetterheadBody, LetterheadContent } from '#contracts/letterhead.js';
import { OrganisationEntity, ProvinceEntity } from '#libs/organisation';

/** How an office writes from `validFrom` until the next row of the same body begins. Numbered documents keep what they were printed with. */
@Entity('letterheads')
@Unique('uq_letterheads_from', ['organisationId', 'body', 'validFrom'])
@Index('ix_letterheads_province', ['provinceId'])
@Check('ck_letterheads_body', `body in ('own', 'party')`)
export class LetterheadEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_letterheads' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_letterheads_province' })
  provinceId!: string;

  @Column('uuid', { name: 'organisation_id' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_letterheads_organisation' })
  organisationId!: string;

  @Column('text')
  body!: LetterheadBody;

  @Column('date', { name: 'valid_from' })
  validFrom!: string;

  @Column('jsonb')
  content!: LetterheadContent;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('uuid', { name: 'created_by_id' })
  createdById!: string;
}
