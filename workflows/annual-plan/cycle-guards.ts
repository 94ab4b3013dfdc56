import { dayOf } from '#libs/calendar';
import type { Rule } from '#libs/engine';
import {
  outstandingPlanOpinions,
  outstandingUnits,
  type PlanCycleContext,
  type PlanCycleEvent,
} from './cycle-context.js';

interface Args {
  readonly context: PlanCycleContext;
  readonly event: PlanCycleEvent;
}

/** A guard that reads a fact the event does not carry says no. */
export const cycleGuards = {
  entersIssued: ({ context }: Args) => context.entry === 'issued',
  hasDocument: ({ event }: Args) => {
    const document = 'document' in event ? event.document : undefined;
    return Boolean(document?.number) && Boolean(document?.date);
  },
  unitsKnown: ({ event }: Args) => (event.facts.unitIds?.length ?? 0) > 0,
  unitIsAwaited: ({ context, event }: Args) =>
    event.type === 'UNIT_REGISTERED' && outstandingUnits(context).includes(event.organisationId),
  linesSettled: ({ event }: Args) => event.facts.unsettledLines === 0,
  hasLines: ({ event }: Args) => (event.facts.includedLines ?? 0) > 0,
  linesDecided: ({ event }: Args) => event.facts.undecidedLines === 0,
  opinionsNeverAsked: ({ context }: Args) => context.opinions.length === 0,
  allOpinionsIn: ({ context }: Args) => outstandingPlanOpinions(context).length === 0,
  notYetAsked: ({ context, event }: Args) =>
    event.type === 'REQUEST_OPINION' &&
    event.organisationIds.every((id) => context.opinions.every((one) => one.organisationId !== id)),
  opinionIsAwaited: ({ context, event }: Args) =>
    event.type === 'OPINION_RECEIVED' && outstandingPlanOpinions(context).includes(event.organisationId),
  ministryHeard: ({ context }: Args) => context.ministryLetter !== null,
  ministryNotHeardYet: ({ context }: Args) => context.ministryLetter === null,
  ministryNotAwaited: ({ context }: Args) => context.settings.ministryLetter === 'notAwaited',
  ministryHeardFirst: ({ context }: Args) =>
    context.settings.ministryLetter !== 'beforeApproval' || context.ministryLetter !== null,
  yearRunning: ({ context, event }: Args) => dayOf(new Date(event.at)) <= `${context.year}-12-31`,
};
export type CycleGuardName = keyof typeof cycleGuards;

export const cycleRules = {
  entersIssued: rule('Kế hoạch được nhập khi đã ban hành.', 'The plan came in as already issued.'),
  hasDocument: rule('Phải ghi số và ngày của văn bản.', 'Number and date of the document must be given.'),
  unitsKnown: rule('Tỉnh chưa có đơn vị nào để đăng ký.', 'The province has no unit that could register.'),
  unitIsAwaited: rule('Đơn vị này đã đăng ký hoặc không phải đăng ký.', 'This unit has registered or need not.'),
  linesSettled: rule(
    'Còn đề xuất chưa tiếp nhận, đang xem xét hoặc chờ bổ sung.',
    'Some proposed lines are not received, still examined, or wait for a supplement.',
  ),
  hasLines: rule('Kế hoạch chưa có dòng nào được đưa vào.', 'No line has been included in the plan.'),
  linesDecided: rule('Còn dòng kế hoạch chưa được quyết định.', 'Some lines of the plan are not decided yet.'),
  opinionsNeverAsked: rule('Đã có cơ quan được hỏi ý kiến.', 'Agencies have been asked already.'),
  allOpinionsIn: rule('Còn cơ quan chưa trả lời ý kiến.', 'Some agencies have not answered yet.'),
  notYetAsked: rule('Cơ quan này đã được hỏi.', 'This agency has been asked already.'),
  opinionIsAwaited: rule('Không chờ ý kiến của cơ quan này.', 'No opinion of this agency is awaited.'),
  ministryHeard: rule('Bộ Ngoại giao chưa có thông báo.', 'The Ministry has not written yet.'),
  ministryNotHeardYet: rule('Đã ghi thông báo của Bộ Ngoại giao.', "The Ministry's letter is on record already."),
  ministryHeardFirst: rule(
    'Chưa có văn bản Bộ Ngoại giao thông báo kế hoạch; quy chế của tỉnh yêu cầu có trước khi Tỉnh ủy phê duyệt.',
    'The Ministry has not sent back the plan; the rules of the province ask for it before the Party committee approves.',
  ),
  ministryNotAwaited: rule(
    'Chưa có văn bản Bộ Ngoại giao thông báo kế hoạch; quy chế của tỉnh yêu cầu có trước khi ban hành.',
    'The Ministry has not sent back the plan; the rules of the province ask for it before the plan is issued.',
  ),
  yearRunning: rule('Năm kế hoạch đã hết.', 'The year of the plan is over.'),
} satisfies Record<CycleGuardName, Rule>;

function rule(vi: string, en: string, source: string | null = null): Rule {
  return { text: { vi, en }, source };
}
