import { randomUUID } from 'node:crypto';
import type { Text } from '#contracts/text.js';
import type { BusinessCalendar } from '#libs/calendar';
import type { Assignee, Effect, ReminderStep, WorkflowEvent } from '#libs/engine';

/** A row of `timers` as the write statement takes it: names are those of the columns. */
export interface TimerRow {
  readonly id: string;
  readonly kind: 'deadline' | 'reminder';
  readonly name: string;
  readonly send_id: string;
  readonly reminder_key: string | null;
  readonly deadline_id: string | null;
  readonly task_key: string | null;
  readonly event: WorkflowEvent | null;
  readonly recipients: readonly (Assignee | 'assignee')[] | null;
  readonly template: string | null;
  readonly due_at: Date;
  readonly explanation: Text;
}

type ArmTimer = Extract<Effect, { type: 'armTimer' }>;

/** The deadline first, then its reminders. A reminder whose instant has passed already is left out: nothing is late yet. */
export function timerRows(effect: ArmTimer, calendar: BusinessCalendar, now: Date): [TimerRow, ...TimerRow[]] {
  const { spec } = effect;
  const due = calendar.due({ rule: spec.rule, from: spec.from === 'now' ? now : spec.from });
  const shared = { name: effect.name, send_id: effect.sendId, task_key: spec.taskKey ?? null };
  const deadline: TimerRow = {
    ...shared,
    id: randomUUID(),
    kind: 'deadline',
    reminder_key: null,
    deadline_id: null,
    event: effect.event,
    recipients: null,
    template: null,
    due_at: due.dueAt,
    explanation: due.explanation,
  };
  const reminders = spec.reminders.flatMap((step): TimerRow[] => {
    const at = reminderInstant({ step, from: now, due: due.dueAt, calendar });
    // "The deadline is near" must not be read after it, e.g. when it had passed already as it was set in the evening.
    const comesAfterAll = step.at.kind === 'fraction' && at > due.dueAt;
    if (at <= now || comesAfterAll) return [];
    return [
      {
        ...shared,
        id: randomUUID(),
        kind: 'reminder',
        reminder_key: step.key,
        deadline_id: deadline.id,
        event: null,
        recipients: step.to,
        template: step.template,
        due_at: at,
        explanation: explainReminder(step, due.explanation),
      },
    ];
  });
  return [deadline, ...reminders];
}

/** Always inside working time. 'due' is the first working moment of the due day, so that the day itself is left to act. */
function reminderInstant(input: { step: ReminderStep; from: Date; due: Date; calendar: BusinessCalendar }): Date {
  const { step, from, due, calendar } = input;
  switch (step.at.kind) {
    case 'fraction':
      return calendar.nextWorkingInstant(calendar.pointInTerm({ from, due, fraction: step.at.of }));
    case 'workingDays':
      return calendar.shiftWorkingDays({ from: due, offset: step.at.offset });
    case 'due':
      return calendar.shiftWorkingDays({ from: due, offset: 0 });
  }
}

function explainReminder(step: ReminderStep, due: Text): Text {
  const when = describe(step);
  return { vi: `${when.vi}; thời hạn: ${due.vi}`, en: `${when.en}; deadline: ${due.en}` };
}

function describe(step: ReminderStep): Text {
  if (step.at.kind === 'due') return { vi: 'Nhắc trong ngày đến hạn', en: 'Reminder on the due day' };
  if (step.at.kind === 'fraction') {
    const percent = Math.round(step.at.of * 100);
    return { vi: `Nhắc khi đã qua ${percent} % thời hạn`, en: `Reminder at ${percent} % of the term` };
  }
  const days = Math.abs(step.at.offset);
  return step.at.offset < 0
    ? { vi: `Nhắc trước hạn ${days} ngày làm việc`, en: `Reminder ${days} working days before the deadline` }
    : { vi: `Nhắc quá hạn ${days} ngày làm việc`, en: `Reminder ${days} working days after the deadline` };
}
