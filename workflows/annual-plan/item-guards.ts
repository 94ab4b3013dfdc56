import type { Rule } from '#libs/engine';
import type { PlanItemContext, PlanItemEvent, PlanItemStage } from './item-context.js';

interface Args {
  readonly context: PlanItemContext;
  readonly event: PlanItemEvent;
}

/** A guard that reads a fact the event does not carry says no. */
export const itemGuards = {
  entersApproved: ({ context }: Args) => context.entry === 'approved',
  entersConditional: ({ context }: Args) => context.entry === 'approvedWithCondition',
  takesLines: ({ event }: Args) => event.facts.takesLines === true,
  isAdjusting: ({ event }: Args) => event.facts.isAdjusting === true,
  lineComplete: ({ event }: Args) => event.facts.missingFields?.length === 0,
  noClassifiedContent: ({ event }: Args) => event.facts.hasClassifiedContent === false,
  isOwnTurn: ({ event }: Args, { stage }: { stage: PlanItemStage }) => event.facts.stage === stage,
  mergeTargetStands: ({ event }: Args) => event.facts.mergeTargetStands === true,
  hasDocument: ({ event }: Args) => {
    const document = 'document' in event ? event.document : undefined;
    return Boolean(document?.number) && Boolean(document?.date);
  },
  centralAwaited: ({ context }: Args) => context.needsCentral && context.centralNotice === null,
  needsCentral: ({ context }: Args) => context.needsCentral,
  conditionOpen: ({ context }: Args) => context.condition === 'open',
  noTrip: ({ event }: Args) => event.facts.hasTrip === false,
};
export type ItemGuardName = keyof typeof itemGuards;

export const itemRules = {
  entersApproved: rule('Dòng được nhập khi đã được duyệt.', 'The line came in as already approved.'),
  entersConditional: rule('Dòng được nhập kèm điều kiện.', 'The line came in with a condition.'),
  takesLines: rule(
    'Kế hoạch không nhận đề xuất lúc này: chưa mở đăng ký, đã khóa, hoặc không trong đợt điều chỉnh.',
    'The plan takes no lines now: registration is not open, is closed, or there is no adjustment.',
  ),
  isAdjusting: rule(
    'Dòng đã duyệt chỉ đổi được trong đợt điều chỉnh kế hoạch.',
    'A line that was approved changes only while the plan is being adjusted.',
  ),
  lineComplete: rule(
    'Đề xuất còn thiếu nội dung bắt buộc của Mẫu 04.',
    'The proposed line lacks mandatory contents of form 04.',
  ),
  noClassifiedContent: rule(
    'Đề xuất có nội dung mật: không xử lý trên hệ thống này.',
    'The line has classified content: it may not be handled in this system.',
    'Luật Bảo vệ bí mật nhà nước 117/2025/QH15, hiệu lực 01/03/2026',
  ),
  isOwnTurn: rule('Dòng này đang ở cấp khác quyết định.', 'Another level decides on this line at present.'),
  mergeTargetStands: rule(
    'Chọn một dòng khác, còn hiệu lực, của cùng kế hoạch.',
    'Choose another line of the same plan that still stands.',
  ),
  hasDocument: rule('Phải ghi số và ngày của văn bản.', 'Number and date of the document must be given.'),
  centralAwaited: rule('Chờ ý kiến của Trung ương.', 'The central level has not answered.'),
  needsCentral: rule('Dòng này không phải xin ý kiến Trung ương.', 'This line needs no answer of the central level.'),
  conditionOpen: rule('Dòng này không có điều kiện phải đáp ứng.', 'This line has no open condition.'),
  noTrip: rule('Đã có hồ sơ đoàn của dòng này.', 'A trip of this line has been opened.'),
} satisfies Record<ItemGuardName, Rule>;

function rule(vi: string, en: string, source: string | null = null): Rule {
  return { text: { vi, en }, source };
}
