-- Written by scripts/schema.mjs from the migrations. Do not edit: change a migration and run it again.

create extension btree_gist;

create extension unaccent;

create table account_links (
  token_hash bytea not null,
  person_id uuid not null,
  kind text not null,
  created_at timestamp with time zone not null,
  created_by_id uuid,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint pk_account_links PRIMARY KEY (token_hash),
  constraint fk_account_links_created_by FOREIGN KEY (created_by_id) REFERENCES people(id),
  constraint fk_account_links_person FOREIGN KEY (person_id) REFERENCES people(id),
  constraint ck_account_links_kind CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text])))
);
CREATE INDEX ix_account_links_person ON public.account_links USING btree (person_id);

create table api_tokens (
  id uuid not null,
  province_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  created_by_id uuid,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint pk_api_tokens PRIMARY KEY (id),
  constraint uq_api_tokens_hash UNIQUE (token_hash),
  constraint fk_api_tokens_created_by FOREIGN KEY (created_by_id) REFERENCES people(id),
  constraint fk_api_tokens_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint ck_api_tokens_period CHECK ((expires_at > created_at)),
  constraint ck_api_tokens_scopes CHECK ((cardinality(scopes) > 0))
);
CREATE INDEX ix_api_tokens_province ON public.api_tokens USING btree (province_id, created_at);

create table audit_checkpoint_leaves (
  checkpoint_number integer not null,
  "position" integer not null,
  kind text not null,
  subject_id uuid not null,
  seq integer not null,
  hash bytea not null,
  constraint pk_audit_checkpoint_leaves PRIMARY KEY (checkpoint_number, "position"),
  constraint fk_audit_checkpoint_leaves_checkpoint FOREIGN KEY (checkpoint_number) REFERENCES audit_checkpoints(number),
  constraint ck_audit_checkpoint_leaves_kind CHECK ((kind = ANY (ARRAY['chain'::text, 'record'::text, 'refusal'::text])))
);
CREATE INDEX ix_audit_checkpoint_leaves_subject ON public.audit_checkpoint_leaves USING btree (subject_id, seq);

create table audit_checkpoints (
  number integer not null,
  at timestamp with time zone not null,
  horizon timestamp with time zone,
  leaf_count integer not null,
  root bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  key_id text not null,
  public_key text not null,
  signature bytea not null,
  constraint pk_audit_checkpoints PRIMARY KEY (number)
);

create table audit_records (
  id uuid not null,
  province_id uuid,
  kind text not null,
  action text not null,
  subject_id uuid,
  instance_id uuid,
  principal_id uuid,
  on_behalf_of_id uuid,
  request_id text,
  at timestamp with time zone not null,
  details jsonb not null,
  hash bytea not null,
  checkpoint_number integer,
  constraint pk_audit_records PRIMARY KEY (id),
  constraint ck_audit_records_kind CHECK ((kind = ANY (ARRAY['administration'::text, 'personalData'::text, 'export'::text, 'session'::text])))
);
CREATE INDEX ix_audit_records_instance ON public.audit_records USING btree (instance_id, at) WHERE (instance_id IS NOT NULL);
CREATE INDEX ix_audit_records_province ON public.audit_records USING btree (province_id, at, id);
CREATE INDEX ix_audit_records_unsealed ON public.audit_records USING btree (at) WHERE (checkpoint_number IS NULL);

create table calendar_changes (
  id uuid not null,
  version integer not null,
  province_id uuid,
  kind text not null,
  withdraws integer,
  document_number text not null,
  document_date date not null,
  reason text not null,
  days jsonb not null,
  created_at timestamp with time zone not null,
  created_by_id uuid,
  settle_after timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint pk_calendar_changes PRIMARY KEY (id),
  constraint uq_calendar_changes_version UNIQUE (version),
  constraint fk_calendar_changes_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint ck_calendar_changes_kind CHECK ((((kind = 'announce'::text) AND (withdraws IS NULL) AND (jsonb_array_length(days) > 0)) OR ((kind = 'withdraw'::text) AND (withdraws IS NOT NULL) AND (jsonb_array_length(days) = 0))))
);
CREATE UNIQUE INDEX uq_calendar_changes_withdraws ON public.calendar_changes USING btree (withdraws) WHERE (withdraws IS NOT NULL);

create table calendar_feeds (
  person_id uuid not null,
  secret_hash bytea not null,
  created_at timestamp with time zone not null,
  constraint pk_calendar_feeds PRIMARY KEY (person_id),
  constraint uq_calendar_feeds_secret_hash UNIQUE (secret_hash),
  constraint fk_calendar_feeds_person FOREIGN KEY (person_id) REFERENCES people(id)
);

create table case_counters (
  province_id uuid not null,
  year integer not null,
  last_number integer not null,
  constraint pk_case_counters PRIMARY KEY (province_id, year)
);

create table delivery_report_sources (
  kind text not null,
  next_look_at timestamp with time zone not null,
  looked_at timestamp with time zone,
  fault text,
  fault_since timestamp with time zone,
  faults integer default 0 not null,
  set_aside integer default 0 not null,
  constraint pk_delivery_report_sources PRIMARY KEY (kind),
  constraint ck_delivery_report_sources_fault CHECK (((fault IS NULL) = (fault_since IS NULL))),
  constraint ck_delivery_report_sources_kind CHECK ((kind = ANY (ARRAY['folder'::text, 'mailbox'::text])))
);

create table digest_days (
  province_id uuid not null,
  day date not null,
  planned_at timestamp with time zone not null,
  constraint pk_digest_days PRIMARY KEY (province_id, day)
);

create table dossier_documents (
  id uuid not null,
  instance_id uuid not null,
  kind text not null,
  number text,
  date date,
  title text,
  file_id uuid,
  attached_at timestamp with time zone not null,
  attached_by_id uuid not null,
  constraint pk_dossier_documents PRIMARY KEY (id),
  constraint fk_dossier_documents_file FOREIGN KEY (file_id) REFERENCES stored_files(id),
  constraint fk_dossier_documents_proposal FOREIGN KEY (instance_id) REFERENCES proposals(instance_id)
);
CREATE INDEX ix_dossier_documents_instance ON public.dossier_documents USING btree (instance_id, attached_at);

create table events (
  instance_id uuid not null,
  seq integer not null,
  type text not null,
  payload jsonb not null,
  principal_id uuid,
  on_behalf_of_id uuid,
  organisation_version_id uuid,
  request_id text,
  at timestamp with time zone not null,
  prev_hash bytea not null,
  hash bytea not null,
  private jsonb,
  private_salt bytea,
  private_digest bytea,
  constraint pk_events PRIMARY KEY (instance_id, seq),
  constraint fk_events_instance FOREIGN KEY (instance_id) REFERENCES instances(id)
);
CREATE INDEX ix_events_at ON public.events USING btree (at);

create table idempotency_keys (
  principal_id uuid not null,
  key text not null,
  body_hash text not null,
  status integer not null,
  body jsonb not null,
  created_at timestamp with time zone not null,
  constraint pk_idempotency_keys PRIMARY KEY (principal_id, key)
);
CREATE INDEX ix_idempotency_keys_created_at ON public.idempotency_keys USING btree (created_at);

create table identity_papers (
  instance_id uuid not null,
  member_key text not null,
  province_id uuid not null,
  sealed_passport_number bytea,
  passport_index bytea,
  sealed_birth_date bytea,
  passport_expires_on date,
  updated_by_id uuid not null,
  updated_at timestamp with time zone not null,
  constraint pk_identity_papers PRIMARY KEY (instance_id, member_key),
  constraint fk_identity_papers_proposal FOREIGN KEY (instance_id) REFERENCES proposals(instance_id)
);
CREATE INDEX ix_identity_papers_passport ON public.identity_papers USING btree (passport_index) WHERE (passport_index IS NOT NULL);

create table instances (
  id uuid not null,
  province_id uuid not null,
  definition_id text not null,
  definition_version integer not null,
  case_code text not null,
  snapshot jsonb not null,
  states text[] not null,
  status text not null,
  version integer not null,
  last_seq integer not null,
  last_hash bytea not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  shared_digest bytea,
  constraint pk_instances PRIMARY KEY (id),
  constraint uq_instances_case_code UNIQUE (province_id, case_code),
  constraint fk_instances_shared FOREIGN KEY (shared_digest) REFERENCES shared_contexts(digest),
  constraint ck_instances_status CHECK ((status = ANY (ARRAY['active'::text, 'done'::text])))
) with (fillfactor=80);

create table letterheads (
  id uuid not null,
  province_id uuid not null,
  organisation_id uuid not null,
  body text not null,
  valid_from date not null,
  content jsonb not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  constraint pk_letterheads PRIMARY KEY (id),
  constraint uq_letterheads_from UNIQUE (organisation_id, body, valid_from),
  constraint fk_letterheads_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint fk_letterheads_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint ck_letterheads_body CHECK ((body = ANY (ARRAY['own'::text, 'party'::text])))
);
CREATE INDEX ix_letterheads_province ON public.letterheads USING btree (province_id);

create table mails (
  id uuid not null,
  outbox_message_id uuid,
  person_id uuid,
  instance_id uuid,
  template text not null,
  language text not null,
  address text,
  subject text not null,
  message_id text not null,
  status text not null,
  suppressed_reason text,
  fence uuid,
  claimed_at timestamp with time zone,
  attempts integer default 0 not null,
  not_before timestamp with time zone not null,
  last_response text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  province_id uuid not null,
  occasion text collate "C" not null,
  also uuid[] default '{}'::uuid[] not null,
  in_digest boolean default false not null,
  digest_mail_id uuid,
  queued_at timestamp with time zone,
  bounced_at timestamp with time zone,
  bounce_digest text,
  constraint pk_mails PRIMARY KEY (id),
  constraint fk_mails_digest_mail FOREIGN KEY (digest_mail_id) REFERENCES mails(id),
  constraint fk_mails_outbox_message FOREIGN KEY (outbox_message_id) REFERENCES outbox_messages(id),
  constraint ck_mails_fence CHECK (((status <> 'sending'::text) OR ((fence IS NOT NULL) AND (claimed_at IS NOT NULL)))),
  constraint ck_mails_recipient CHECK (((status = 'suppressed'::text) OR ((person_id IS NOT NULL) AND (address IS NOT NULL)))),
  constraint ck_mails_status CHECK ((status = ANY (ARRAY['planned'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'uncertain'::text, 'failed'::text, 'suppressed'::text]))),
  constraint ck_mails_suppressed CHECK (((status = 'suppressed'::text) = (suppressed_reason IS NOT NULL)))
);
CREATE INDEX ix_mails_digest ON public.mails USING btree (digest_mail_id) WHERE (digest_mail_id IS NOT NULL);
CREATE INDEX ix_mails_due ON public.mails USING btree (not_before, id) WHERE ((status = ANY (ARRAY['planned'::text, 'queued'::text])) AND (NOT in_digest));
CREATE INDEX ix_mails_instance ON public.mails USING btree (instance_id, created_at);
CREATE INDEX ix_mails_province ON public.mails USING btree (province_id, created_at, id);
CREATE INDEX ix_mails_sending ON public.mails USING btree (claimed_at) WHERE (status = 'sending'::text);
CREATE INDEX ix_mails_troubled ON public.mails USING btree (province_id, created_at, id) WHERE (status = ANY (ARRAY['uncertain'::text, 'failed'::text]));
CREATE INDEX ix_mails_waiting ON public.mails USING btree (person_id) WHERE ((status = 'planned'::text) AND in_digest);
CREATE UNIQUE INDEX uq_mails_occasion ON public.mails USING btree (person_id, occasion) WHERE (status <> 'suppressed'::text);

create table number_books (
  organisation_id uuid not null,
  year integer not null,
  series text not null,
  first_number integer not null,
  last_number integer not null,
  last_date date not null,
  constraint pk_number_books PRIMARY KEY (organisation_id, year, series),
  constraint fk_number_books_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id)
);

create table official_documents (
  id uuid not null,
  province_id uuid not null,
  instance_id uuid not null,
  type text not null,
  subject text not null,
  organisation_id uuid not null,
  series text,
  content jsonb not null,
  proposal_digest text not null,
  signer_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  year integer,
  number integer,
  date date,
  numbered_at timestamp with time zone,
  numbered_by_id uuid,
  file_sha256 text,
  file_size integer,
  signed_document_id uuid,
  voided_at timestamp with time zone,
  voided_by_id uuid,
  void_reason text,
  signed_file_id uuid,
  constraint pk_official_documents PRIMARY KEY (id),
  constraint uq_official_documents_number UNIQUE (organisation_id, year, series, number),
  constraint fk_official_documents_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint fk_official_documents_signed_file FOREIGN KEY (signed_file_id) REFERENCES stored_files(id)
);
CREATE INDEX ix_official_documents_instance ON public.official_documents USING btree (instance_id, created_at);
CREATE UNIQUE INDEX uq_official_documents_draft ON public.official_documents USING btree (instance_id, type, subject) WHERE ((numbered_at IS NULL) AND (signed_document_id IS NULL));

create table organisation_successions (
  id uuid not null,
  province_id uuid not null,
  organisation_id uuid not null,
  successor_id uuid not null,
  valid_from date not null,
  plan jsonb not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  applied_at timestamp with time zone,
  moved jsonb,
  constraint pk_organisation_successions PRIMARY KEY (id),
  constraint fk_organisation_successions_created_by FOREIGN KEY (created_by_id) REFERENCES people(id),
  constraint fk_organisation_successions_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint fk_organisation_successions_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint fk_organisation_successions_successor FOREIGN KEY (successor_id) REFERENCES organisations(id),
  constraint ck_organisation_successions_applied CHECK (((applied_at IS NULL) = (moved IS NULL))),
  constraint ck_organisation_successions_other CHECK ((organisation_id <> successor_id))
);
CREATE INDEX ix_organisation_successions_province ON public.organisation_successions USING btree (province_id, valid_from);

create table organisation_versions (
  id uuid not null,
  organisation_id uuid not null,
  name text not null,
  short_name text not null,
  parent_id uuid,
  valid_from date not null,
  valid_to date,
  constraint pk_organisation_versions PRIMARY KEY (id),
  constraint uq_organisation_versions_from UNIQUE (organisation_id, valid_from),
  constraint fk_organisation_versions_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint fk_organisation_versions_parent FOREIGN KEY (parent_id) REFERENCES organisations(id),
  constraint ck_organisation_versions_period CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint ex_organisation_versions_period EXCLUDE USING gist (organisation_id WITH =, daterange(valid_from, valid_to) WITH &&)
);
CREATE UNIQUE INDEX uq_organisation_versions_open ON public.organisation_versions USING btree (organisation_id) WHERE (valid_to IS NULL);

create table organisations (
  id uuid not null,
  province_id uuid not null,
  code text not null,
  kind text not null,
  constraint pk_organisations PRIMARY KEY (id),
  constraint uq_organisations_code UNIQUE (province_id, code),
  constraint fk_organisations_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint ck_organisations_kind CHECK ((kind = ANY (ARRAY['peoplesCommittee'::text, 'office'::text, 'party'::text, 'department'::text, 'other'::text])))
);

create table outbox_messages (
  id uuid not null,
  instance_id uuid,
  timer_id uuid,
  task_key text,
  template text not null,
  recipient jsonb not null,
  data jsonb not null,
  not_before timestamp with time zone not null,
  created_at timestamp with time zone not null,
  relayed_at timestamp with time zone,
  event_seq integer,
  province_id uuid,
  occasion text,
  constraint pk_outbox_messages PRIMARY KEY (id),
  constraint fk_outbox_messages_timer FOREIGN KEY (timer_id) REFERENCES timers(id),
  constraint ck_outbox_messages_place CHECK (((instance_id IS NOT NULL) OR (province_id IS NOT NULL)))
);
CREATE INDEX ix_outbox_messages_instance ON public.outbox_messages USING btree (instance_id);
CREATE INDEX ix_outbox_messages_open ON public.outbox_messages USING btree (not_before, id) WHERE (relayed_at IS NULL);

create table people (
  id uuid not null,
  province_id uuid not null,
  full_name text not null,
  search_name text not null,
  email text not null,
  language text not null,
  password_hash text,
  active boolean not null,
  created_at timestamp with time zone not null,
  mail_delivery text default 'both'::text not null,
  constraint pk_people PRIMARY KEY (id),
  constraint uq_people_email UNIQUE (email),
  constraint fk_people_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint ck_people_email CHECK ((email = lower(email))),
  constraint ck_people_language CHECK ((language = ANY (ARRAY['vi'::text, 'en'::text]))),
  constraint ck_people_mail_delivery CHECK ((mail_delivery = ANY (ARRAY['both'::text, 'single'::text, 'digest'::text])))
);
CREATE INDEX ix_people_search ON public.people USING btree (province_id, search_name, id);

create table plan_items (
  id uuid not null,
  province_id uuid not null,
  plan_id uuid not null,
  "position" integer not null,
  year integer not null,
  direction text not null,
  state text not null,
  number text,
  section text,
  name text not null,
  capacity text,
  head text,
  countries jsonb not null,
  countries_label text,
  partners text,
  content text,
  people_count integer,
  delegation_count integer,
  people_label text,
  days integer,
  includes_travel boolean,
  period_from date,
  period_to date,
  period_label text,
  further_activities jsonb not null,
  funding text,
  host_unit text,
  note text,
  document_title text,
  document_number text,
  document_date date,
  document_issuer text,
  row_digest text not null,
  search_name text not null,
  preview_id uuid,
  created_at timestamp with time zone not null,
  organisation_id uuid,
  leader_rank text,
  condition text,
  revision integer not null,
  constraint pk_plan_items PRIMARY KEY (id),
  constraint fk_plan_items_plan FOREIGN KEY (plan_id) REFERENCES plans(id)
);
CREATE INDEX ix_plan_items_plan_state ON public.plan_items USING btree (plan_id, state);
CREATE INDEX ix_plan_items_province_year ON public.plan_items USING btree (province_id, year);
CREATE UNIQUE INDEX uq_plan_items_plan_digest ON public.plan_items USING btree (plan_id, row_digest);
CREATE UNIQUE INDEX uq_plan_items_plan_position ON public.plan_items USING btree (plan_id, "position");

create table plan_previews (
  id uuid not null,
  province_id uuid not null,
  file_name text not null,
  file_sha256 text not null,
  kind text not null,
  reading jsonb not null,
  created_by_id uuid,
  created_at timestamp with time zone not null,
  confirmed_by_id uuid,
  confirmed_at timestamp with time zone,
  outcome jsonb,
  constraint pk_plan_previews PRIMARY KEY (id)
);
CREATE INDEX ix_plan_previews_province_sha256 ON public.plan_previews USING btree (province_id, file_sha256);

create table plan_reminders (
  province_id uuid not null,
  key text not null,
  said_at timestamp with time zone not null,
  constraint pk_plan_reminders PRIMARY KEY (province_id, key),
  constraint fk_plan_reminders_province FOREIGN KEY (province_id) REFERENCES provinces(id)
);

create table plans (
  id uuid not null,
  province_id uuid not null,
  year integer not null,
  direction text not null,
  title text,
  document_number text,
  document_date date,
  document_issuer text,
  imported_by_id uuid,
  imported_at timestamp with time zone not null,
  constraint pk_plans PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_plans_province_year_direction ON public.plans USING btree (province_id, year, direction);

create table positions (
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  title text not null,
  rank text not null,
  valid_from date not null,
  valid_to date,
  constraint pk_positions PRIMARY KEY (id),
  constraint fk_positions_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint fk_positions_person FOREIGN KEY (person_id) REFERENCES people(id),
  constraint ck_positions_period CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint ex_positions_period EXCLUDE USING gist (person_id WITH =, organisation_id WITH =, title WITH =, daterange(valid_from, valid_to) WITH &&)
);
CREATE INDEX ix_positions_organisation ON public.positions USING btree (organisation_id);
CREATE INDEX ix_positions_person ON public.positions USING btree (person_id);

create table proposal_countries (
  instance_id uuid not null,
  country text not null,
  province_id uuid not null,
  departure_date date not null,
  constraint pk_proposal_countries PRIMARY KEY (instance_id, country),
  constraint fk_proposal_countries_proposal FOREIGN KEY (instance_id) REFERENCES proposals(instance_id)
);
CREATE INDEX ix_proposal_countries_date ON public.proposal_countries USING btree (province_id, country, departure_date);

create table proposal_funding (
  instance_id uuid not null,
  "position" integer not null,
  source text not null,
  label text not null,
  amount numeric(18,2),
  currency text not null,
  paid_by text not null,
  constraint pk_proposal_funding PRIMARY KEY (instance_id, "position"),
  constraint fk_proposal_funding_proposal FOREIGN KEY (instance_id) REFERENCES proposals(instance_id)
);

create table proposal_members (
  instance_id uuid not null,
  "position" integer not null,
  person_id uuid,
  full_name text not null,
  title text not null,
  organisation text not null,
  role text not null,
  constraint pk_proposal_members PRIMARY KEY (instance_id, "position"),
  constraint fk_proposal_members_proposal FOREIGN KEY (instance_id) REFERENCES proposals(instance_id)
);
CREATE INDEX ix_proposal_members_person ON public.proposal_members USING btree (person_id) WHERE (person_id IS NOT NULL);

create table proposal_revisions (
  instance_id uuid not null,
  revision integer not null,
  digest text not null,
  content jsonb not null,
  edited_by_id uuid not null,
  edited_at timestamp with time zone not null,
  constraint pk_proposal_revisions PRIMARY KEY (instance_id, revision),
  constraint fk_proposal_revisions_proposal FOREIGN KEY (instance_id) REFERENCES proposals(instance_id)
);

create table proposals (
  instance_id uuid not null,
  province_id uuid not null,
  organisation_id uuid not null,
  proposer_id uuid not null,
  case_code text not null,
  plan_item_id uuid,
  revision integer not null,
  digest text not null,
  delegation_name text not null,
  capacity text not null,
  purpose_kind text not null,
  purpose text not null,
  countries jsonb not null,
  departure_date date,
  return_date date,
  day_count integer,
  includes_travel_days boolean not null,
  partners text not null,
  content text not null,
  out_of_plan_justification text not null,
  urgent_reason text not null,
  exceptions jsonb not null,
  no_state_secrets boolean not null,
  search_name text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  handled_outside boolean not null,
  focal_id uuid not null,
  authority_id uuid not null,
  constraint pk_proposals PRIMARY KEY (instance_id),
  constraint fk_proposals_instance FOREIGN KEY (instance_id) REFERENCES instances(id),
  constraint ck_proposals_dates CHECK (((return_date IS NULL) OR (departure_date IS NULL) OR (return_date >= departure_date)))
);
CREATE INDEX ix_proposals_departure ON public.proposals USING btree (province_id, departure_date);
CREATE INDEX ix_proposals_organisation ON public.proposals USING btree (province_id, organisation_id, created_at, instance_id);
CREATE INDEX ix_proposals_plan_item ON public.proposals USING btree (plan_item_id) WHERE (plan_item_id IS NOT NULL);
CREATE INDEX ix_proposals_province ON public.proposals USING btree (province_id, created_at, instance_id);

create table provider_accounts (
  issuer text not null,
  subject text not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  constraint pk_provider_accounts PRIMARY KEY (issuer, subject),
  constraint uq_provider_accounts_person UNIQUE (issuer, person_id),
  constraint fk_provider_accounts_person FOREIGN KEY (person_id) REFERENCES people(id)
);

create table provider_sign_ins (
  token_hash bytea not null,
  state text not null,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamp with time zone not null,
  constraint pk_provider_sign_ins PRIMARY KEY (token_hash)
);
CREATE INDEX ix_provider_sign_ins_expires_at ON public.provider_sign_ins USING btree (expires_at);

create table provinces (
  id uuid not null,
  code text not null,
  name text not null,
  constraint pk_provinces PRIMARY KEY (id),
  constraint uq_provinces_code UNIQUE (code)
);

create table recovery_codes (
  code_hash bytea not null,
  person_id uuid not null,
  used_at timestamp with time zone,
  constraint pk_recovery_codes PRIMARY KEY (person_id, code_hash),
  constraint fk_recovery_codes_person FOREIGN KEY (person_id) REFERENCES people(id)
);

create table refusals (
  id uuid not null,
  instance_id uuid not null,
  event_type text not null,
  rules jsonb not null,
  principal_id uuid,
  request_id text,
  at timestamp with time zone not null,
  checkpoint_number integer,
  constraint pk_refusals PRIMARY KEY (id),
  constraint fk_refusals_instance FOREIGN KEY (instance_id) REFERENCES instances(id)
);
CREATE INDEX ix_refusals_instance ON public.refusals USING btree (instance_id, at);
CREATE INDEX ix_refusals_unsealed ON public.refusals USING btree (at) WHERE (checkpoint_number IS NULL);

create table report_rounds (
  id uuid not null,
  province_id uuid not null,
  kind text not null,
  title text not null,
  period_from date not null,
  period_to date not null,
  due_on date not null,
  due_source text,
  state text not null,
  requested_at timestamp with time zone not null,
  requested_by_id uuid not null,
  figures jsonb,
  consolidated_at timestamp with time zone,
  constraint pk_report_rounds PRIMARY KEY (id),
  constraint fk_report_rounds_instance FOREIGN KEY (id) REFERENCES instances(id),
  constraint ck_report_rounds_kind CHECK ((kind = ANY (ARRAY['halfYear'::text, 'year'::text, 'adHoc'::text]))),
  constraint ck_report_rounds_state CHECK ((state = ANY (ARRAY['collecting'::text, 'consolidated'::text, 'issued'::text, 'cancelled'::text])))
);
CREATE UNIQUE INDEX uq_report_rounds_period ON public.report_rounds USING btree (province_id, kind, period_from, period_to) WHERE (state <> 'cancelled'::text);

create table retention_rules (
  province_id uuid not null,
  data_class text not null,
  keep_days integer not null,
  changed_at timestamp with time zone not null,
  changed_by_id uuid not null,
  constraint pk_retention_rules PRIMARY KEY (province_id, data_class),
  constraint fk_retention_rules_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint ck_retention_rules_days CHECK (((keep_days >= 0) AND (keep_days <= 10950)))
);

create table retention_runs (
  id uuid not null,
  province_id uuid not null,
  at timestamp with time zone not null,
  person_id uuid,
  erased jsonb not null,
  constraint pk_retention_runs PRIMARY KEY (id),
  constraint fk_retention_runs_province FOREIGN KEY (province_id) REFERENCES provinces(id)
);
CREATE INDEX ix_retention_runs_province ON public.retention_runs USING btree (province_id, at);

create table role_assignments (
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  valid_from date not null,
  valid_to date,
  constraint pk_role_assignments PRIMARY KEY (id),
  constraint uq_role_assignments_from UNIQUE (person_id, organisation_id, role, valid_from),
  constraint fk_role_assignments_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint fk_role_assignments_person FOREIGN KEY (person_id) REFERENCES people(id),
  constraint ck_role_assignments_period CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint ck_role_assignments_role CHECK ((role = ANY (ARRAY['unitOfficer'::text, 'unitHead'::text, 'reviewer'::text, 'leader'::text, 'clerk'::text, 'administrator'::text, 'inspector'::text]))),
  constraint ex_role_assignments_period EXCLUDE USING gist (person_id WITH =, organisation_id WITH =, role WITH =, daterange(valid_from, valid_to) WITH &&)
);
CREATE INDEX ix_role_assignments_holder ON public.role_assignments USING btree (organisation_id, role);

create table rule_versions (
  id uuid not null,
  province_id uuid not null,
  version integer not null,
  valid_from date not null,
  valid_to date,
  focal_organisation_code text not null,
  content jsonb not null,
  note text not null,
  created_at timestamp with time zone not null,
  created_by_id uuid,
  constraint pk_rule_versions PRIMARY KEY (id),
  constraint uq_rule_versions_version UNIQUE (province_id, version),
  constraint fk_rule_versions_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint ck_rule_versions_period CHECK (((valid_to IS NULL) OR (valid_to > valid_from)))
);

create table saved_inbox_views (
  id uuid not null,
  person_id uuid not null,
  name text not null,
  filter jsonb not null,
  created_at timestamp with time zone not null,
  constraint pk_saved_inbox_views PRIMARY KEY (id),
  constraint uq_saved_inbox_views_name UNIQUE (person_id, name),
  constraint fk_saved_inbox_views_person FOREIGN KEY (person_id) REFERENCES people(id)
);

create table second_factors (
  person_id uuid not null,
  sealed_secret bytea not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step integer not null,
  recovery_salt bytea,
  constraint pk_second_factors PRIMARY KEY (person_id),
  constraint fk_second_factors_person FOREIGN KEY (person_id) REFERENCES people(id)
);

create table sessions (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  user_agent text,
  by_provider boolean default false not null,
  awaits text,
  provider_session text,
  constraint pk_sessions PRIMARY KEY (id),
  constraint uq_sessions_token_hash UNIQUE (token_hash),
  constraint fk_sessions_person FOREIGN KEY (person_id) REFERENCES people(id),
  constraint ck_sessions_awaits CHECK ((awaits = 'secondFactorCode'::text))
);
CREATE INDEX ix_sessions_expires_at ON public.sessions USING btree (expires_at);
CREATE INDEX ix_sessions_person ON public.sessions USING btree (person_id);

create table shared_contexts (
  digest bytea not null,
  content jsonb not null,
  constraint pk_shared_contexts PRIMARY KEY (digest)
);

create table sign_in_attempts (
  key bytea not null,
  count integer not null,
  until timestamp with time zone not null,
  constraint pk_sign_in_attempts PRIMARY KEY (key)
);
CREATE INDEX ix_sign_in_attempts_until ON public.sign_in_attempts USING btree (until);

create table sign_in_places (
  key bytea not null,
  person_id uuid not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint pk_sign_in_places PRIMARY KEY (key),
  constraint fk_sign_in_places_person FOREIGN KEY (person_id) REFERENCES people(id)
);
CREATE INDEX ix_sign_in_places_last_at ON public.sign_in_places USING btree (last_at);
CREATE INDEX ix_sign_in_places_person ON public.sign_in_places USING btree (person_id);

create table stored_files (
  id uuid not null,
  province_id uuid not null,
  sha256 text not null,
  name text not null,
  media_type text not null,
  size integer not null,
  uploaded_by_id uuid not null,
  created_at timestamp with time zone not null,
  constraint pk_stored_files PRIMARY KEY (id)
);
CREATE INDEX ix_stored_files_sha256 ON public.stored_files USING btree (sha256);

create table substitutions (
  id uuid not null,
  province_id uuid not null,
  person_id uuid not null,
  substitute_id uuid not null,
  role text,
  organisation_id uuid,
  first_day date not null,
  last_day date not null,
  instance_id uuid,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  revoked_at timestamp with time zone,
  revoked_by_id uuid,
  constraint pk_substitutions PRIMARY KEY (id),
  constraint fk_substitutions_created_by FOREIGN KEY (created_by_id) REFERENCES people(id),
  constraint fk_substitutions_instance FOREIGN KEY (instance_id) REFERENCES instances(id),
  constraint fk_substitutions_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint fk_substitutions_person FOREIGN KEY (person_id) REFERENCES people(id),
  constraint fk_substitutions_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint fk_substitutions_revoked_by FOREIGN KEY (revoked_by_id) REFERENCES people(id),
  constraint fk_substitutions_substitute FOREIGN KEY (substitute_id) REFERENCES people(id),
  constraint ck_substitutions_people CHECK ((person_id <> substitute_id)),
  constraint ck_substitutions_period CHECK ((last_day >= first_day)),
  constraint ck_substitutions_revoked CHECK (((revoked_at IS NULL) = (revoked_by_id IS NULL))),
  constraint ck_substitutions_role CHECK ((role = ANY (ARRAY['unitOfficer'::text, 'unitHead'::text, 'reviewer'::text, 'leader'::text, 'clerk'::text])))
);
CREATE INDEX ix_substitutions_person ON public.substitutions USING btree (person_id, last_day);
CREATE INDEX ix_substitutions_substitute ON public.substitutions USING btree (substitute_id, last_day) WHERE (revoked_at IS NULL);

create table tasks (
  id uuid not null,
  instance_id uuid not null,
  province_id uuid not null,
  key text not null,
  kind text not null,
  role text,
  organisation_id uuid,
  person_id uuid,
  data jsonb not null,
  timer_id uuid,
  due_at timestamp with time zone,
  due_explanation jsonb,
  opened_at timestamp with time zone not null,
  opened_seq integer not null,
  closed_at timestamp with time zone,
  closed_seq integer,
  outcome text,
  decided_by_id uuid,
  constraint pk_tasks PRIMARY KEY (id),
  constraint fk_tasks_instance FOREIGN KEY (instance_id) REFERENCES instances(id),
  constraint fk_tasks_timer FOREIGN KEY (timer_id) REFERENCES timers(id),
  constraint ck_tasks_assignee CHECK ((((person_id IS NOT NULL) AND (role IS NULL) AND (organisation_id IS NULL)) OR ((person_id IS NULL) AND (role IS NOT NULL) AND (organisation_id IS NOT NULL)))),
  constraint ck_tasks_closed CHECK ((((closed_at IS NULL) = (closed_seq IS NULL)) AND ((closed_at IS NULL) = (outcome IS NULL))))
);
CREATE INDEX ix_tasks_inbox_person ON public.tasks USING btree (person_id, due_at, id) WHERE ((closed_at IS NULL) AND (person_id IS NOT NULL));
CREATE INDEX ix_tasks_inbox_role ON public.tasks USING btree (role, organisation_id, due_at, id) WHERE (closed_at IS NULL);
CREATE INDEX ix_tasks_instance ON public.tasks USING btree (instance_id, opened_seq);
CREATE UNIQUE INDEX uq_tasks_open ON public.tasks USING btree (instance_id, key) WHERE (closed_seq IS NULL);

create table test_clock (
  id smallint not null,
  now timestamp with time zone not null,
  set_at timestamp with time zone not null,
  constraint pk_test_clock PRIMARY KEY (id),
  constraint ck_test_clock_single CHECK ((id = 1))
);

create table timers (
  id uuid not null,
  instance_id uuid not null,
  kind text not null,
  name text not null,
  send_id text not null,
  reminder_key text,
  deadline_id uuid,
  task_key text,
  event jsonb,
  due_at timestamp with time zone not null,
  explanation jsonb,
  armed_at timestamp with time zone not null,
  armed_seq integer not null,
  fired_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  steps jsonb,
  constraint pk_timers PRIMARY KEY (id),
  constraint fk_timers_deadline FOREIGN KEY (deadline_id) REFERENCES timers(id),
  constraint fk_timers_instance FOREIGN KEY (instance_id) REFERENCES instances(id),
  constraint ck_timers_end CHECK (((fired_at IS NULL) OR (cancelled_at IS NULL))),
  constraint ck_timers_kind CHECK ((((kind = 'deadline'::text) AND (event IS NOT NULL) AND (explanation IS NOT NULL) AND (deadline_id IS NULL)) OR ((kind = 'reminder'::text) AND (deadline_id IS NOT NULL) AND (reminder_key IS NOT NULL) AND (steps IS NOT NULL))))
);
CREATE INDEX ix_timers_due ON public.timers USING btree (due_at, id) WHERE ((fired_at IS NULL) AND (cancelled_at IS NULL));
CREATE INDEX ix_timers_instance ON public.timers USING btree (instance_id, armed_seq);
CREATE INDEX ix_timers_open ON public.timers USING btree (instance_id) WHERE (COALESCE(fired_at, cancelled_at) IS NULL);

create table travel_restrictions (
  id uuid not null,
  province_id uuid not null,
  person_id uuid not null,
  kind text not null,
  valid_from date not null,
  valid_to date,
  recorded_at timestamp with time zone not null,
  recorded_by_id uuid not null,
  lifted_by_id uuid,
  constraint pk_travel_restrictions PRIMARY KEY (id),
  constraint fk_travel_restrictions_person FOREIGN KEY (person_id) REFERENCES people(id),
  constraint fk_travel_restrictions_province FOREIGN KEY (province_id) REFERENCES provinces(id),
  constraint ck_travel_restrictions_kind CHECK ((kind = ANY (ARRAY['exitSuspension'::text, 'underInspection'::text, 'disciplinaryReview'::text, 'suspendedFromDuty'::text, 'criminalProceedings'::text, 'unsettledObligation'::text, 'retiring'::text]))),
  constraint ck_travel_restrictions_period CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))
);
CREATE INDEX ix_travel_restrictions_person ON public.travel_restrictions USING btree (person_id);
CREATE INDEX ix_travel_restrictions_province ON public.travel_restrictions USING btree (province_id, recorded_at, id);

create table trip_figures (
  instance_id uuid not null,
  province_id uuid not null,
  organisation_id uuid,
  departs date,
  days integer,
  people integer,
  report_on_time integer,
  report_late integer,
  passports_on_time integer,
  passports_late integer,
  reports integer,
  meetings integer,
  agreements integer,
  follow_ups integer,
  follow_ups_done integer,
  counted boolean default false not null,
  outcome text,
  purpose text,
  level text,
  travellers uuid[],
  countries text[],
  country_names text[],
  funding text[],
  estimated numeric[],
  actual numeric[],
  plan_item_id uuid,
  report_due timestamp with time zone,
  passports_due timestamp with time zone,
  constraint pk_trip_figures PRIMARY KEY (instance_id),
  constraint fk_trip_figures_proposal FOREIGN KEY (instance_id) REFERENCES proposals(instance_id),
  constraint ck_trip_figures_outcome CHECK ((outcome = ANY (ARRAY['done'::text, 'underway'::text, 'cancelled'::text])))
) with (parallel_workers=2);
CREATE INDEX ix_trip_figures_departure ON public.trip_figures USING btree (province_id, departs) WHERE counted;
CREATE INDEX ix_trip_figures_uncounted ON public.trip_figures USING btree (province_id) WHERE (NOT counted);

create table trip_follow_ups (
  id uuid not null,
  instance_id uuid not null,
  province_id uuid not null,
  "position" integer not null,
  task text not null,
  organisation_id uuid not null,
  due_date date not null,
  state text not null,
  closed_at timestamp with time zone,
  closed_by_id uuid,
  closing_note text,
  constraint pk_trip_follow_ups PRIMARY KEY (id),
  constraint fk_trip_follow_ups_instance FOREIGN KEY (instance_id) REFERENCES instances(id),
  constraint ck_trip_follow_ups_state CHECK ((state = ANY (ARRAY['planned'::text, 'open'::text, 'done'::text, 'cancelled'::text])))
);
CREATE INDEX ix_trip_follow_ups_due ON public.trip_follow_ups USING btree (province_id, due_date);
CREATE INDEX ix_trip_follow_ups_instance ON public.trip_follow_ups USING btree (instance_id, "position");
CREATE INDEX ix_trip_follow_ups_open ON public.trip_follow_ups USING btree (province_id, due_date) WHERE (state = 'open'::text);

create table trip_reports (
  instance_id uuid not null,
  province_id uuid not null,
  content jsonb,
  summary text not null,
  document_number text,
  document_date date,
  search_text text not null,
  submitted_at timestamp with time zone not null,
  submitted_by_id uuid not null,
  accepted_at timestamp with time zone,
  constraint pk_trip_reports PRIMARY KEY (instance_id),
  constraint fk_trip_reports_instance FOREIGN KEY (instance_id) REFERENCES instances(id)
);
CREATE INDEX ix_trip_reports_accepted ON public.trip_reports USING btree (province_id, accepted_at, instance_id) WHERE (accepted_at IS NOT NULL);

create table unit_reports (
  id uuid not null,
  round_id uuid not null,
  province_id uuid not null,
  organisation_id uuid not null,
  state text not null,
  remarks jsonb,
  figures jsonb,
  submitted_at timestamp with time zone,
  submitted_by_id uuid,
  return_reason text,
  remarks_revision integer default 0 not null,
  remarks_saved_at timestamp with time zone,
  constraint pk_unit_reports PRIMARY KEY (id),
  constraint uq_unit_reports_organisation UNIQUE (round_id, organisation_id),
  constraint fk_unit_reports_instance FOREIGN KEY (id) REFERENCES instances(id),
  constraint fk_unit_reports_organisation FOREIGN KEY (organisation_id) REFERENCES organisations(id),
  constraint fk_unit_reports_round FOREIGN KEY (round_id) REFERENCES report_rounds(id),
  constraint ck_unit_reports_state CHECK ((state = ANY (ARRAY['requested'::text, 'submitted'::text, 'returned'::text, 'accepted'::text, 'consolidated'::text, 'leftOut'::text, 'cancelled'::text])))
);
CREATE INDEX ix_unit_reports_organisation ON public.unit_reports USING btree (organisation_id);

create table workers (
  id uuid not null,
  started_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  queue text not null,
  queue_away_since timestamp with time zone,
  constraint pk_workers PRIMARY KEY (id),
  constraint ck_workers_queue CHECK ((queue = ANY (ARRAY['redis'::text, 'postgres'::text])))
);

CREATE OR REPLACE FUNCTION public.audit_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'audit_records' then
    if old.checkpoint_number is null and new.checkpoint_number is not null
      and to_jsonb(new) - 'checkpoint_number' = to_jsonb(old) - 'checkpoint_number' then
      return new;
    end if;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, tg_op;
end $function$;

CREATE OR REPLACE FUNCTION public.events_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and new.private is null and new.private_salt is null
    and (new.instance_id, new.seq, new.type, new.payload, new.at, new.prev_hash, new.hash)
      is not distinct from (old.instance_id, old.seq, old.type, old.payload, old.at, old.prev_hash, old.hash)
    and (new.principal_id, new.on_behalf_of_id, new.organisation_version_id, new.request_id, new.private_digest)
      is not distinct from
        (old.principal_id, old.on_behalf_of_id, old.organisation_version_id, old.request_id, old.private_digest)
  then
    return new;
  end if;
  raise exception 'events is append-only: % refused; only the private part may be erased', tg_op;
end $function$;

CREATE OR REPLACE FUNCTION public.open_trip_figures()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into trip_figures (instance_id, province_id) values (new.instance_id, new.province_id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.uncount_trip()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock_shared(763700041);
  update trip_figures set counted = false where instance_id = coalesce(new.instance_id, old.instance_id) and counted;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.uncount_trip_of_instance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock_shared(763700041);
  update trip_figures set counted = false where instance_id = new.id and counted;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.uncount_trips_of_position()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  first_day date;
begin
  perform pg_advisory_xact_lock_shared(763700041);
  if tg_op = 'UPDATE' and (old.person_id, old.rank, old.valid_from) = (new.person_id, new.rank, new.valid_from) then
    first_day := least(old.valid_to, new.valid_to);
  else
    first_day := least(old.valid_from, new.valid_from);
  end if;
  update trip_figures set counted = false where counted and departs >= first_day and instance_id in (
    select instance_id from proposal_members where person_id in (old.person_id, new.person_id));
  return null;
end $function$;

CREATE TRIGGER audit_checkpoint_leaves_append_only BEFORE DELETE OR UPDATE ON public.audit_checkpoint_leaves FOR EACH ROW EXECUTE FUNCTION audit_append_only();

CREATE TRIGGER audit_checkpoint_leaves_no_truncate BEFORE TRUNCATE ON public.audit_checkpoint_leaves FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();

CREATE TRIGGER audit_checkpoints_append_only BEFORE DELETE OR UPDATE ON public.audit_checkpoints FOR EACH ROW EXECUTE FUNCTION audit_append_only();

CREATE TRIGGER audit_checkpoints_no_truncate BEFORE TRUNCATE ON public.audit_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();

CREATE TRIGGER audit_records_append_only BEFORE DELETE OR UPDATE ON public.audit_records FOR EACH ROW EXECUTE FUNCTION audit_append_only();

CREATE TRIGGER audit_records_no_truncate BEFORE TRUNCATE ON public.audit_records FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();

CREATE TRIGGER events_append_only BEFORE DELETE OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION events_append_only();

CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION events_append_only();

CREATE TRIGGER trip_figures_of_instance AFTER UPDATE OF states ON public.instances FOR EACH ROW WHEN (((((old.states && ARRAY['proposal.draft'::text, 'rejected'::text, 'withdrawn'::text]) IS DISTINCT FROM (new.states && ARRAY['proposal.draft'::text, 'rejected'::text, 'withdrawn'::text])) OR ((old.states && ARRAY['cancelled'::text]) IS DISTINCT FROM (new.states && ARRAY['cancelled'::text]))) OR ((old.states && ARRAY['completed'::text, 'trip.closing'::text]) IS DISTINCT FROM (new.states && ARRAY['completed'::text, 'trip.closing'::text])))) EXECUTE FUNCTION uncount_trip_of_instance();

CREATE TRIGGER trip_figures_of_position AFTER INSERT OR DELETE OR UPDATE OF person_id, rank, valid_from, valid_to ON public.positions FOR EACH ROW EXECUTE FUNCTION uncount_trips_of_position();

CREATE TRIGGER trip_figures_of_funding AFTER INSERT OR DELETE OR UPDATE ON public.proposal_funding FOR EACH ROW EXECUTE FUNCTION uncount_trip();

CREATE TRIGGER trip_figures_of_members AFTER INSERT OR DELETE OR UPDATE ON public.proposal_members FOR EACH ROW EXECUTE FUNCTION uncount_trip();

CREATE TRIGGER trip_figures_of_proposal AFTER UPDATE OF organisation_id, plan_item_id, purpose_kind, countries, departure_date, return_date ON public.proposals FOR EACH ROW EXECUTE FUNCTION uncount_trip();

CREATE TRIGGER trip_figures_open AFTER INSERT ON public.proposals FOR EACH ROW EXECUTE FUNCTION open_trip_figures();

CREATE TRIGGER trip_figures_of_duty AFTER UPDATE OF kind, due_at, closed_at ON public.tasks FOR EACH ROW WHEN ((((old.kind = ANY (ARRAY['submitReport'::text, 'returnPassports'::text])) OR (new.kind = ANY (ARRAY['submitReport'::text, 'returnPassports'::text]))) AND (((old.kind IS DISTINCT FROM new.kind) OR (old.due_at IS DISTINCT FROM new.due_at)) OR (old.closed_at IS DISTINCT FROM new.closed_at)))) EXECUTE FUNCTION uncount_trip();

CREATE TRIGGER trip_figures_of_lost_duty AFTER DELETE ON public.tasks FOR EACH ROW WHEN ((old.kind = ANY (ARRAY['submitReport'::text, 'returnPassports'::text]))) EXECUTE FUNCTION uncount_trip();

CREATE TRIGGER trip_figures_of_new_duty AFTER INSERT ON public.tasks FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['submitReport'::text, 'returnPassports'::text]))) EXECUTE FUNCTION uncount_trip();

CREATE TRIGGER trip_figures_of_follow_ups AFTER INSERT OR DELETE OR UPDATE ON public.trip_follow_ups FOR EACH ROW EXECUTE FUNCTION uncount_trip();

CREATE TRIGGER trip_figures_of_report AFTER INSERT OR DELETE OR UPDATE ON public.trip_reports FOR EACH ROW EXECUTE FUNCTION uncount_trip();
