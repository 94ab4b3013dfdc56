import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { OrganisationEntity } from '#libs/organisation';

/** Sổ cấp số of one organisation, year and series. Locked while a number is taken, so that numbers have no gap and no double. */
@Entity('number_books')
export class NumberBookEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_number_books' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_number_books_organisation' })
  organisationId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_number_books' })
  year!: number;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_number_books' })
  series!: string;

  @Column('integer', { name: 'first_number' })
  firstNumber!: number;

  @Column('integer', { name: 'last_number' })
  lastNumber!: number;

  /** Day of the last number: the next may not be dated before it. */
  @Column('date', { name: 'last_date' })
  lastDate!: string;
}
