import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** Secret of a person's authenticator application. Before `confirmedAt` it was only shown, and asks for nothing. */
@Entity('second_factors')
export class SecondFactorEntity {
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'pk_second_factors' })
  @ForeignKey(() => PersonEntity, { name: 'fk_second_factors_person' })
  personId!: string;

  /** See `seal`: a copy of the table makes no codes. */
  @Column('bytea', { name: 'sealed_secret' })
  sealedSecret!: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt!: Date | null;

  /** Of the recovery codes; null before the first ones were made. */
  @Column('bytea', { name: 'recovery_salt', nullable: true })
  recoverySalt!: Buffer | null;

  /** Number of the last half minute whose code was taken: none opens twice, and no older one. */
  @Column('integer', { name: 'last_step' })
  lastStep!: number;
}
