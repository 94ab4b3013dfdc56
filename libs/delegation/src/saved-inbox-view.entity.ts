import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { PersonEntity } from '#libs/organisation';

/** A way somebody likes to see the inbox, under a name of their own; nobody else sees it. */
@Entity('saved_inbox_views')
@Unique('uq_saved_inbox_views_name', ['personId', 'name'])
export class SavedInboxViewEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_saved_inbox_views' })
  id!: string;

  @Column('uuid', { name: 'person_id' })
  @ForeignKey(() => PersonEntity, { name: 'fk_saved_inbox_views_person' })
  personId!: string;

  @Column('text')
  name!: string;

  /** `inboxFilter` of the contracts. */
  @Column('jsonb')
  filter!: Record<string, unknown>;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
