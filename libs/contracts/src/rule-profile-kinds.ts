import type { Text } from './text.js';

/** The closed lists of a rule profile, apart from its schema: the web shows them and must not carry a validator for that. */

/** note: shown; warning: shown and to be answered by whoever decides; block: the proposal may not be submitted. */
export const severities = ['note', 'warning', 'block'] as const;

/** Who is told, in words of the workflow; the delegation room resolves each into a role in an organisation when a case starts. */
export const ladderRecipients = [
  'assignee',
  /** Everybody who travels and has an account, and the head of the delegation. */
  'members',
  'delegationLeader',
  'unitHead',
  'focalReviewer',
  'focalLeader',
  /** A clerk of the focal agency: keeps the official passports. */
  'passportKeeper',
  /** A clerk of the profile's decision office. */
  'decisionClerk',
  /** Who leads the decision office (Chánh Văn phòng UBND), which is no leader of the province. */
  'decisionOfficeLeader',
  /** The leader of the deciding authority. Only where `escalation.provincialLeaders` says so. */
  'provincialLeader',
] as const;

/** Who is told of what belongs to no case; found again each time among the people of the day. */
export const planRecipients = ['units', 'focalReviewer', 'focalLeader', 'decisionClerk'] as const;

/** Mails of a deadline. What happened and what is due is in the mail's data; no itinerary and no name of a traveller. */
export const reminderTemplates = ['deadlineApproaching', 'deadlineToday', 'deadlineOverdue', 'caseUntouched'] as const;

/** Where a period is counted from (or back from): the instant of the decision that arms it, or a day of the trip. */
export const countedFroms = ['now', 'departureDate', 'plannedReturnDate', 'actualReturnDate'] as const;

export const limitNames = [
  'membersMax',
  'daysMax',
  'countriesMax',
  'tripsPerPersonPerYear',
  'twoKeyLeaders',
  'keyLeadersAbroadTogether',
] as const;

/** Before the Party committee approves the plan, before the plan is issued, or not waited for. */
export const ministryLetterOrders = ['beforeApproval', 'beforeIssue', 'notAwaited'] as const;
export type MinistryLetterOrder = (typeof ministryLetterOrders)[number];

/** Types of document (Nghị định 30/2020; party documents) a step records as its answer. */
export const stepDocumentTypes = ['submission', 'officialLetter', 'notice', 'decision', 'partyOpinion'] as const;

export type StepDocumentType = (typeof stepDocumentTypes)[number];

export const stepDocumentTexts = {
  submission: text('Tờ trình', 'Submission'),
  officialLetter: text('Công văn', 'Official letter'),
  notice: text('Thông báo', 'Notice'),
  decision: text('Quyết định', 'Decision'),
  partyOpinion: text('Văn bản cho ý kiến của cấp ủy', 'Opinion of the Party committee'),
} satisfies Record<StepDocumentType, Text>;

export const severityTexts = {
  note: text('Ghi chú', 'Note'),
  warning: text('Cảnh báo, cần giải trình', 'Warning, to be justified'),
  block: text('Không cho trình', 'Block'),
} satisfies Record<(typeof severities)[number], Text>;

function text(vi: string, en: string): Text {
  return { vi, en };
}
