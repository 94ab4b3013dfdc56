import type { DeadlineName } from '#contracts/deadline-names.js';
import type { Text } from '#contracts/text.js';
import type { LadderRecipient, LadderStep, ProvinceProfile, ReminderTemplate } from './profile.js';

/** Deadlines whose task lies on the desk of a deciding leader: there "assignee" is a leader of the province. */
const leadersDesks: readonly DeadlineName[] = ['approvalDeadline', 'amendmentDeadline', 'extensionDeadline'];

/** Where a step stands on the way: before the deadline, on its day, after it. */
type Moment = 'before' | 'on' | 'after';

const momentOf: Record<ReminderTemplate, readonly Moment[]> = {
  deadlineApproaching: ['before'],
  deadlineToday: ['on'],
  deadlineOverdue: ['after'],
  caseUntouched: ['before', 'on'],
};

/** What is wrong with the reminders of one deadline, beyond what the shape of a profile says already. */
export function ladderProblems(
  name: DeadlineName,
  { ladder, profile }: { ladder: readonly LadderStep[]; profile: Pick<ProvinceProfile, 'escalation'> },
): readonly Text[] {
  const leadersAllowed = profile.escalation.provincialLeaders.value;
  const checks: readonly [boolean, Text][] = [
    [
      new Set(ladder.map(({ key }) => key)).size < ladder.length,
      text('các lần nhắc phải có mã khác nhau', 'reminders need distinct keys'),
    ],
    [
      ladder.some(({ at }) => at.kind === 'workingDays' && at.offset === 0),
      text(
        'nhắc đúng ngày đến hạn thì ghi thời điểm "due", không ghi 0 ngày',
        'for the day itself write "due", not 0 days',
      ),
    ],
    [
      ladder.some(({ at, template }) => !momentOf[template].includes(moment(at))),
      text(
        'thư "sắp đến hạn" phải gửi trước hạn, "đến hạn" trong ngày, "quá hạn" sau hạn',
        '"near" is said before the deadline, "today" on its day, "overdue" after it',
      ),
    ],
    [
      !inOrder(ladder),
      text(
        'các lần nhắc phải xếp theo thời gian: trước hạn, trong ngày, sau hạn',
        'reminders stand in order of time: before, on the day, after',
      ),
    ],
    [
      // The mail about the task leaves at the same moment and says when it is due.
      ladder.some(({ at, to }) => at.kind === 'start' && to.includes('assignee')),
      text(
        'không nhắc người cầm việc khi bắt đầu tính thời hạn: thư giao việc đã nói hạn',
        'the holder of the task is not reminded as the term begins: the mail about the task says when it is due',
      ),
    ],
    [
      !leadersAllowed && ladder.some((step) => reachesProvincialLeader(name, step)),
      text(
        'leo thang không được tới lãnh đạo tỉnh khi quy chế chưa cho phép',
        'escalation may not reach leaders of the province unless the rules allow it',
      ),
    ],
  ];
  return checks.filter(([broken]) => broken).map(([, sentence]) => sentence);
}

/** Written out in the ladder, or because the overdue task is on such a leader's own desk. */
export function reachesProvincialLeader(name: DeadlineName, { at, to }: LadderStep): boolean {
  const overdue = moment(at) === 'after';
  const direct: LadderRecipient = 'provincialLeader';
  return to.includes(direct) || (overdue && leadersDesks.includes(name) && to.includes('assignee'));
}

function moment(at: LadderStep['at']): Moment {
  if (at.kind === 'due') return 'on';
  return at.kind === 'workingDays' && at.offset > 0 ? 'after' : 'before';
}

/** A fraction and days before the deadline cannot be compared without knowing the term, so each keeps its own order. */
function inOrder(ladder: readonly LadderStep[]): boolean {
  const moments = ladder.map(({ at }) => ['before', 'on', 'after'].indexOf(moment(at)));
  const fractions = ladder.flatMap(({ at }) => (at.kind === 'fraction' ? [at.of] : []));
  const offsets = ladder.flatMap(({ at }) => (at.kind === 'workingDays' ? [at.offset] : []));
  const starts = ladder.findLastIndex(({ at }) => at.kind === 'start');
  return [moments, fractions, offsets].every(isRising) && starts <= 0;
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number >= numbers[index - 1]!);
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
