import type { ProfileDeadline } from '../profile.js';
import { travellerLadder } from './ladders.js';
import { references } from './sources.js';

/** Duties a province may switch on: members of the Party report to their cell, heads of agencies report their absence. */
export const partyReportDeadline: ProfileDeadline = {
  rule: { amount: 7, unit: 'workingDay', direction: 'after', source: null },
  reference: references.partyCell,
  countedFrom: 'actualReturnDate',
  ladder: travellerLadder(),
};

export const absenceReportDeadline: ProfileDeadline = {
  rule: { amount: 3, unit: 'calendarDay', direction: 'before', source: null },
  reference: references.quangNgai,
  countedFrom: 'departureDate',
  ladder: travellerLadder(),
};
