import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of a province's rule profile, the register of bars to travel, and where delegations go, for finding duplicates. */
export class Regulation1763700014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ruleVersions);
    await runner.query(travelRestrictions);
    await runner.query(proposalCountries);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}

const ruleVersions = `
create table rule_versions (
  id uuid not null,
  province_id uuid not null,
  version integer not null,
  valid_from date not null,
  valid_to date,
  focal_organisation_code text not null,
  content jsonb not null,
  note text not null,
  created_at timestamptz not null,
  created_by_id uuid,
  constraint pk_rule_versions primary key (id),
  constraint uq_rule_versions_version unique (province_id, version),
  constraint fk_rule_versions_province foreign key (province_id) references provinces (id),
  constraint ck_rule_versions_period check (valid_to is null or valid_to > valid_from)
);
`;

const travelRestrictions = `
create table travel_restrictions (
  id uuid not null,
  province_id uuid not null,
  person_id uuid not null,
  kind text not null,
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  recorded_by_id uuid not null,
  lifted_by_id uuid,
  constraint pk_travel_restrictions primary key (id),
  constraint fk_travel_restrictions_province foreign key (province_id) references provinces (id),
  constraint fk_travel_restrictions_person foreign key (person_id) references people (id),
  constraint ck_travel_restrictions_period check (valid_to is null or valid_to >= valid_from),
  constraint ck_travel_restrictions_kind check (kind in ('exitSuspension', 'underInspection', 'disciplinaryReview',
    'suspendedFromDuty', 'criminalProceedings', 'unsettledObligation', 'retiring'))
);
create index ix_travel_restrictions_person on travel_restrictions (person_id);
create index ix_travel_restrictions_province on travel_restrictions (province_id, recorded_at, id);
`;

const proposalCountries = `
create table proposal_countries (
  instance_id uuid not null,
  country text not null,
  province_id uuid not null,
  departure_date date not null,
  constraint pk_proposal_countries primary key (instance_id, country),
  constraint fk_proposal_countries_proposal foreign key (instance_id) references proposals (instance_id)
);
create index ix_proposal_countries_date on proposal_countries (province_id, country, departure_date);

insert into proposal_countries (instance_id, country, province_id, departure_date)
select distinct p.instance_id, coalesce(c->>'code', lower(c->>'name')), p.province_id, p.departure_date
from proposals p, jsonb_array_elements(p.countries) c
where p.departure_date is not null;
`;
