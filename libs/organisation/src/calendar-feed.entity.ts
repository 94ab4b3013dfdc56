import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { PersonEntity } from './person.entity.js';

/** Opens the private calendar of one person. Only the SHA-256 of the secret is kept, so a copy of the table opens none. */
@Entity('calendar_feeds')
@Unique('uq_calendar_feeds_secret_hash', ['secretHash'])
export class CalendarFeedEntity {
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'pk_calendar_feeds' })
  @ForeignKey(() => PersonEntity, { name: 'fk_calendar_feeds_person' })
  personId!: string;

  @Column('bytea', { name: 'secret_hash' })
  secretHash!: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
