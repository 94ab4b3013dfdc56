import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What many cases have alike in their machine's context, by the SHA-256 of its canonical JSON. Never changed. */
@Entity('shared_contexts')
export class SharedContextEntity {
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'pk_shared_contexts' })
  digest!: Buffer;

  @Column('jsonb')
  content!: Record<string, unknown>;
}
