import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** An address a person has signed in from. The key is a hash of account and address. */
@Entity('sign_in_places')
@Index('ix_sign_in_places_person', ['personId'])
@Index('ix_sign_in_places_last_at', ['lastAt'])
export class SignInPlaceEntity {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_sign_in_places' })
  key!: Buffer;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_sign_in_places_person' })
  personId!: string;

  @Column('timestamptz', { name: 'first_at' })
  firstAt!: Date;

  @Column('timestamptz', { name: 'last_at' })
  lastAt!: Date;
}
