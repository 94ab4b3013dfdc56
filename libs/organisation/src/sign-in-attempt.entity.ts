import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Attempts counted under one key until an instant. The key is a hash: the table holds no account and no address. */
@Entity('sign_in_attempts')
@Index('ix_sign_in_attempts_until', ['until'])
export class SignInAttemptEntity {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_sign_in_attempts' })
  key!: Buffer;

  @Column('integer')
  count!: number;

  @Column('timestamptz')
  until!: Date;
}
