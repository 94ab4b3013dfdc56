import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { MailDelivery } from '#contracts/mail-settings.js';
import { ProvinceEntity } from './province.entity.js';

/** `email` is kept in lower case and is the sign-in name. `passwordHash` null: this person cannot sign in. */
@Entity('people')
@Unique('uq_people_email', ['email'])
@Index('ix_people_search', ['provinceId', 'searchName', 'id'])
@Check('ck_people_email', 'email = lower(email)')
@Check('ck_people_language', `language in ('vi', 'en')`)
@Check('ck_people_mail_delivery', `mail_delivery in ('both', 'single', 'digest')`)
export class PersonEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_people' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_people_province' })
  provinceId!: string;

  @Column('text', { name: 'full_name' })
  fullName!: string;

  /** `searchKey(fullName)`. */
  @Column('text', { name: 'search_name' })
  searchName!: string;

  @Column('text')
  email!: string;

  @Column('text')
  language!: 'vi' | 'en';

  @Column('text', { name: 'mail_delivery', default: 'both' })
  mailDelivery!: MailDelivery;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null;

  @Column('boolean')
  active!: boolean;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
