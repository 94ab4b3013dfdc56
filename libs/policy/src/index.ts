export { classifiedMarkings, classifiedNumbers } from './classified-markings.js';
export { ruleUnder } from './clock-rules.js';
export { fieldName, pathName } from './field-names.js';
export { blocksOf, type Finding, type PolicyRule, policyRules, problemsOf } from './finding.js';
export { findingView, rulesOfRegisters } from './finding-view.js';
export { judgeRequest, type TripRequest } from './judge-lead-time.js';
export { judgeTrip } from './judge-trip.js';
export { judgementDifferences, type Outcome, outcomeOf } from './judgement-differences.js';
export { ladderOffices } from './ladder-offices.js';
export { type MissingDocument, missingDocuments } from './missing-documents.js';
export type {
  ApprovalStep,
  ClockRules,
  Condition,
  CountedFrom,
  LadderRecipient,
  LadderStep,
  LeadTime,
  LimitRow,
  PlanLine,
  ProvinceProfile,
  ReminderTemplate,
  Severity,
  YearlyDuty,
} from './profile.js';
export { groundsOf, profileDifferences } from './profile-changes.js';
export { type ProfileProblem, profileProblems } from './profile-problems.js';
export { reachOf, reachTexts } from './profile-reach.js';
export { absenceReportDeadline, partyReportDeadline } from './profiles/optional-deadlines.js';
export { shippedProfiles } from './profiles/shipped.js';
export { readProfile } from './read-profile.js';
export { opinionsFor, routeFor } from './route.js';
export {
  highestRank,
  type OtherTrip,
  type OwedDuty,
  type PastTrip,
  type Restriction,
  rankFrom,
  type Trip,
  tripOf,
} from './trip.js';
export { type HeldRank, tripForRules } from './trip-for-rules.js';
