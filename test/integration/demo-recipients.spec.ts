import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { deadlineNames } from '#contracts/deadline-names.js';
import type { Role } from '#contracts/roles.js';
import { instantAt } from '#libs/calendar';
import { mailDirectory } from '#libs/organisation';
import { createUnitOfWork } from '#libs/persistence';
import { shippedProfiles } from '#libs/policy';
import { DelegationHouse } from './delegation-house.js';

const at = instantAt('2023-01-09', '08:00');
const profile = shippedProfiles.find(({ provinceCode }) => provinceCode === 'TQ')!;
type Office = readonly [role: Role, organisation: string];

let house: DelegationHouse;
let units: readonly string[];
beforeAll(async () => {
  house = await DelegationHouse.open(at);
  const rows = await house.query<{ code: string }>(
    `select distinct o.code from role_assignments r join organisations o on o.id = r.organisation_id
     where r.role = 'unitOfficer' order by o.code`,
  );
  units = rows.map(({ code }) => code);
});
afterAll(() => house.close());

/** Everybody a step of a ladder may name, for one proposing unit; who travels is of the case and not of the province. */
function officesFor(unit: string): Record<string, Office | null> {
  const { focalOrganisationCode: focal, decisionOfficeCode: decision, authorityOrganisationCode: authority } = profile;
  return {
    assignee: null,
    members: null,
    delegationLeader: null,
    unitHead: ['unitHead', unit],
    focalReviewer: ['reviewer', focal],
    focalLeader: ['leader', focal],
    passportKeeper: ['clerk', focal],
    decisionClerk: ['clerk', decision],
    decisionOfficeLeader: ['leader', decision],
    provincialLeader: ['leader', authority],
  };
}

/** Desks on which the work of a case lies: 'assignee' is one of them. */
function desks(unit: string): readonly (readonly [string, Office])[] {
  const { focalOrganisationCode: focal, decisionOfficeCode: decision, authorityOrganisationCode: authority } = profile;
  const steps = profile.routes.flatMap((route) => [
    ...route.steps,
    { id: `${route.id}.decision`, role: 'clerk' as const, ...route.decision },
  ]);
  return [
    ['unit', ['unitOfficer', unit]],
    ['unit head', ['unitHead', unit]],
    ['focal reviewer', ['reviewer', focal]],
    ['decision clerk', ['clerk', decision]],
    ['authority', ['leader', authority]],
    ...steps.map(({ id, role, organisationCode }) => [`step ${id}`, [role, organisationCode] as const] as const),
    ...profile.opinions.map(({ organisationCode }) => ['opinion', ['reviewer', organisationCode] as const] as const),
  ];
}

it('reaches somebody by every step of every ladder, from every unit of the demo province', async () => {
  const unitOfWork = createUnitOfWork(house.api.database.dataSource);
  const nobody = new Set<string>();
  let looked = 0;
  const ask = async (label: string, [role, code]: Office) => {
    looked += 1;
    const organisationId = await house.organisationId(code);
    const people = await unitOfWork.run((tx) => mailDirectory.peopleFor(tx, { role, organisationId }, at));
    if (people.length === 0) nobody.add(`${label}: ${role} ${code}`);
  };
  for (const unit of units) {
    const offices = officesFor(unit);
    for (const name of deadlineNames) {
      for (const step of profile.deadlines[name]?.ladder ?? []) {
        for (const to of step.to) {
          const office = offices[to];
          if (office) await ask(`${name}.${step.key}`, office);
        }
      }
    }
    for (const [label, office] of desks(unit)) await ask(label, office);
  }
  expect(units).toEqual(['SKHDT', 'SNGV', 'STC', 'SVHTTDL']);
  expect(looked).toBeGreaterThan(200);
  expect([...nobody]).toEqual([]);
});
