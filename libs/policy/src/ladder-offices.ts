import type { Role } from '#contracts/roles.js';
import type { LadderRecipient } from './profile.js';

/** Where each office of a ladder is: the proposing unit, or the organisation the profile names in that field. */
export const ladderOffices: Readonly<
  Record<
    Exclude<LadderRecipient, 'assignee' | 'members' | 'delegationLeader'>,
    readonly [Role, 'unit' | 'focalOrganisationCode' | 'decisionOfficeCode' | 'authorityOrganisationCode']
  >
> = {
  unitHead: ['unitHead', 'unit'],
  focalReviewer: ['reviewer', 'focalOrganisationCode'],
  focalLeader: ['leader', 'focalOrganisationCode'],
  passportKeeper: ['clerk', 'focalOrganisationCode'],
  decisionClerk: ['clerk', 'decisionOfficeCode'],
  decisionOfficeLeader: ['leader', 'decisionOfficeCode'],
  provincialLeader: ['leader', 'authorityOrganisationCode'],
};
