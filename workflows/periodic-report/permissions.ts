import type { RoundEventType, UnitReportEventType } from '#contracts/report-round.js';
import type { Role } from '#contracts/roles.js';

/** unit: the organisation that reports. focal: cơ quan đầu mối. */
export interface ReportPermission {
  readonly relation: 'unit' | 'focal';
  readonly role: Role;
}
const unitOfficer = { relation: 'unit', role: 'unitOfficer' } as const;
const unitHead = { relation: 'unit', role: 'unitHead' } as const;
const focalReviewer = { relation: 'focal', role: 'reviewer' } as const;
const focalLeader = { relation: 'focal', role: 'leader' } as const;
const focalClerk = { relation: 'focal', role: 'clerk' } as const;

/**
 * Who may request, hand in, examine, consolidate and issue: the one place of authorisation for it, default deny. A number is given by
 * the clerk of the issuing office (Nghị định 30/2020/NĐ-CP, Điều 18).
 */
export const reportPermissions = {
  REQUEST_REPORTS: [focalReviewer, focalLeader],
  SUBMIT_UNIT_REPORT: [unitOfficer, unitHead],
  RETURN_UNIT_REPORT: [focalReviewer, focalLeader],
  ACCEPT_UNIT_REPORT: [focalReviewer, focalLeader],
  CONSOLIDATE_REPORTS: [focalReviewer, focalLeader],
  CANCEL_ROUND: [focalLeader],
  ISSUE_REPORT: [focalClerk],
} as const satisfies Record<'REQUEST_REPORTS' | UnitReportEventType | RoundEventType, readonly ReportPermission[]>;
export type ReportAct = keyof typeof reportPermissions;

/** Whether a role held somewhere lets do it. `unitId` null: the act is about no single unit. */
export function mayReport(question: {
  readonly act: ReportAct;
  readonly holding: { readonly role: string; readonly organisationId: string };
  readonly unitId: string | null;
  readonly focalId: string;
}): boolean {
  const { act, holding, unitId, focalId } = question;
  return reportPermissions[act].some(
    ({ relation, role }) =>
      role === holding.role && (relation === 'unit' ? unitId : focalId) === holding.organisationId,
  );
}
