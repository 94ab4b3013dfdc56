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
  ApprovalRoute,
  ApprovalStep,
  ChecklistRow,
  ClockRules,
  Condition,
  CountedFrom,
  FlatRule,
  LadderRecipient,
  LadderStep,
  LeadTime,
  LimitRow,
  Moratorium,
  OpinionRow,
  OtherPeriod,
  PlanLine,
  PlanRecipient,
  PlanReminders,
  ProfileDeadline,
  ProfileLimits,
  ProvinceProfile,
  ReminderTemplate,
  Severity,
  YearlyDuty,
} from './profile.js';
export { groundsOf, type ProfileDifference, profileDifferences } from './profile-changes.js';
export { type ProfileProblem, profileProblems } from './profile-problems.js';
export { type Reach, reachOf, reachTexts } from './profile-reach.js';
export { absenceReportDeadline, partyReportDeadline } from './profiles/optional-deadlines.js';
export { shippedProfiles } from './profiles/shipped.js';
export { type ReadProfile, readProfile } from './read-profile.js';
export { opinionsFor, routeFor, type TakenRoute } from './route.js';
export {
  conditionHolds,
  highestRank,
  type OtherTrip,
  type OwedDuty,
  type PastTrip,
  type Restriction,
  rankFrom,
  type Trip,
  type TripMember,
  tripDays,
  tripOf,
} from './trip.js';
export { type HeldRank, tripForRules } from './trip-for-rules.js';
