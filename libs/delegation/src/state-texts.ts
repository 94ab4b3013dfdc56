import { deadlineTexts } from '#contracts/deadline-names.js';
import { planDeadlineTexts } from '#contracts/plan-deadline-names.js';
import type { Text } from '#contracts/text.js';
import { planTaskNames } from '#workflows/annual-plan/names.js';
import { followUpNames } from '#workflows/follow-up/follow-up.js';
import { eventNames, stateNames, taskNames } from '#workflows/outbound-delegation/names.js';
import { reportDeadlineTexts, reportTaskNames } from '#workflows/periodic-report/names.js';

interface NamedState {
  readonly id: string;
  readonly text: Text;
}

/** A name an older version of the workflow had and this one has not is shown as its id. */
function named(names: Readonly<Record<string, Text>>, id: string): Text {
  return names[id] ?? { vi: id, en: id };
}

const allTasks = { ...taskNames, ...planTaskNames, ...reportTaskNames, followUp: followUpNames.task };

export function taskText(kind: string): Text {
  return named(allTasks, kind);
}

const allDeadlines = {
  ...deadlineTexts,
  ...planDeadlineTexts,
  ...reportDeadlineTexts,
  followUpDue: followUpNames.deadline,
};

export function deadlineText(name: string): Text {
  return named(allDeadlines, name);
}

const succeeded: Text = {
  vi: 'Chuyển sang cơ quan tiếp nhận (sáp nhập, chia tách)',
  en: 'Handed over to the succeeding organisation',
};
const recomputed: Text = {
  vi: 'Tính lại thời hạn theo lịch làm việc mới',
  en: 'Deadlines recomputed by the new calendar',
};
const opened: Text = { vi: 'Lập hồ sơ', en: 'Open the case' };
const allEvents = {
  ...eventNames,
  ...{ START: opened, DEADLINES_RECOMPUTED: recomputed, ORGANISATION_SUCCEEDED: succeeded },
};

const deadlineEvent = /^xstate\.after\.([^.]+)/;

/** Also the entries of a log that no person sent: the first one, and a deadline that came. */
export function eventText(type: string): Text {
  const deadline = deadlineEvent.exec(type)?.[1];
  if (deadline !== undefined) {
    const { vi, en } = deadlineText(deadline);
    return { vi: `Tới mốc: ${vi}`, en: `Reached: ${en}` };
  }
  return named(allEvents, type);
}

export function namedStates(states: readonly string[]): NamedState[] {
  return states.map((id) => ({ id, text: named(stateNames, id) }));
}

/** The phase or the ending: the most general active state. */
export function phaseOf(states: readonly string[]): NamedState {
  const id = states[0] ?? 'unknown';
  return { id, text: named(stateNames, id) };
}

/** The one line for a list: the state just below the phase, which is where somebody waits. */
export function stateText(states: readonly string[]): NamedState {
  const id = states.find((state) => state.split('.').length === 2) ?? phaseOf(states).id;
  return { id, text: named(stateNames, id) };
}
