import { type DeadlineName, deadlineNames } from '#contracts/deadline-names.js';
import type { Text } from '#contracts/text.js';
import type { LadderStep, ProfileDeadline, ProvinceProfile } from './profile.js';

/** Where the problem is ('deadlines.reportDeadline.ladder') and what it is. */
export interface ProfileProblem {
  readonly path: string;
  readonly text: Text;
}

/** What would make a rule set unusable or unsafe. Empty for one that may come into force. */
export function profileProblems(profile: ProvinceProfile): readonly ProfileProblem[] {
  return [...validity(profile), ...routes(profile), ...deadlineNames.flatMap((name) => deadline(name, profile))];
}

function validity({ validFrom, validTo }: ProvinceProfile): ProfileProblem[] {
  if (validTo === null || validFrom < validTo) return [];
  return [problem('validTo', 'Ngày hết hiệu lực phải sau ngày có hiệu lực.', 'It must end after it begins.')];
}

function routes({ routes: all }: ProvinceProfile): ProfileProblem[] {
  const found: ProfileProblem[] = [];
  const last = all.at(-1);
  if (!last || Object.keys(last.when).length > 0) {
    found.push(
      problem(
        'routes',
        'Tuyến cuối cùng phải nhận mọi loại đoàn.',
        'The last route must take every kind of delegation.',
      ),
    );
  }
  for (const [index, route] of all.entries()) {
    const path = `routes.${index}.steps`;
    if (route.steps.length === 0) {
      found.push(
        problem(path, 'Tuyến phải có ít nhất một bước phê duyệt.', 'A route needs at least one approval step.'),
      );
    }
    if (new Set(route.steps.map(({ id }) => id)).size < route.steps.length) {
      found.push(problem(path, 'Các bước của một tuyến phải có mã khác nhau.', 'Steps of a route need distinct ids.'));
    }
    if (route.steps.some(({ rule }) => rule.direction !== 'after')) {
      found.push(problem(path, 'Hạn của một bước phải tính về phía trước.', 'The period of a step counts forwards.'));
    }
  }
  return found;
}

function deadline(name: DeadlineName, { deadlines }: ProvinceProfile): ProfileProblem[] {
  const path = `deadlines.${name}`;
  const row: ProfileDeadline | undefined = deadlines[name];
  if (!row) return [problem(path, 'Thiếu thời hạn này.', 'This deadline is missing.')];
  const found: ProfileProblem[] = [];
  const { rule, countedFrom, ladder } = row;
  if (!Number.isInteger(rule.amount) || rule.amount < 0) {
    found.push(
      problem(path, 'Số ngày phải là số nguyên không âm.', 'The amount must be a whole number, not negative.'),
    );
  }
  if (rule.direction === 'before' && countedFrom === 'now') {
    found.push(
      problem(path, 'Tính lùi thì phải lùi từ một ngày của chuyến đi.', 'Counting back needs a day of the trip.'),
    );
  }
  if (new Set(ladder.map(({ key }) => key)).size < ladder.length) {
    found.push(problem(`${path}.ladder`, 'Các lần nhắc phải có mã khác nhau.', 'Reminders need distinct keys.'));
  }
  if (ladder.some(isUnusable)) {
    found.push(
      problem(
        `${path}.ladder`,
        'Lần nhắc phải có người nhận, và phần thời hạn phải nằm giữa 0 và 1.',
        'A reminder needs a recipient, and a fraction lies between 0 and 1.',
      ),
    );
  }
  return found;
}

function isUnusable({ at, to }: LadderStep): boolean {
  return to.length === 0 || (at.kind === 'fraction' && (at.of <= 0 || at.of >= 1));
}

function problem(path: string, vi: string, en: string): ProfileProblem {
  return { path, text: { vi, en } };
}
