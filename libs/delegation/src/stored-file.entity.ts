import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One upload. The bytes lie in the store under their sha256; two uploads of the same bytes share them. */
@Entity('stored_files')
@Index('ix_stored_files_sha256', ['sha256'])
export class StoredFileEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_stored_files' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  provinceId!: string;

  /** Hex. */
  @Column('text')
  sha256!: string;

  @Column('text')
  name!: string;

  /** By content, never by name. */
  @Column('text', { name: 'media_type' })
  mediaType!: string;

  /** Bytes. */
  @Column('integer')
  size!: number;

  @Column('uuid', { name: 'uploaded_by_id' })
  uploadedById!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
