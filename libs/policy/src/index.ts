export { classifiedMarkings, classifiedNumbers } from './classified-markings.js';
export { ruleUnder } from './clock-rules.js';
export { blocksOf, type Finding, type PolicyRule, policyRules, problemsOf } from './finding.js';
export { isInTime, judgeTrip } from './judge-trip.js';
export { type MissingDocument, missingDocuments } from './missing-documents.js';
export {
  type ApprovalRoute,
  type ApprovalStep,
  type ChecklistRow,
  type ClockRules,
  type Condition,
  type CountedFrom,
  type FlatRule,
  type LadderRecipient,
  type LadderStep,
  type LeadTime,
  type Limit,
  type OpinionRow,
  type PlanLine,
  type ProfileDeadline,
  type ProfileLimits,
  type ProvinceProfile,
  type ReminderTemplate,
  reminderTemplates,
  type Setting,
  type Severity,
} from './profile.js';
export { profileInForce } from './profile-in-force.js';
export { type ProfileProblem, profileProblems } from './profile-problems.js';
export { tuyenQuangDemoProfile } from './profiles/tuyen-quang-demo.js';
export { opinionsFor, routeFor, type TakenRoute } from './route.js';
export {
  conditionHolds,
  highestRank,
  type PastTrip,
  rankFrom,
  type Trip,
  type TripMember,
  tripDays,
  tripOf,
} from './trip.js';
