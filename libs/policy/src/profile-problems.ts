import { type DeadlineName, deadlineNames } from '#contracts/deadline-names.js';
import { limitNames } from '#contracts/rule-profile-kinds.js';
import type { Text } from '#contracts/text.js';
import { pathName } from './field-names.js';
import { ladderProblems } from './ladder-problems.js';
import type { Condition, ProvinceProfile, Severity } from './profile.js';

/** Where the problem is ('deadlines.reportDeadline.ladder') and what it is. */
export interface ProfileProblem {
  readonly path: string;
  readonly text: Text;
}

/** What the shape alone cannot say: what would make a rule set unusable or unsafe. Empty for one that may come into force. */
export function profileProblems(profile: ProvinceProfile): readonly ProfileProblem[] {
  return [
    ...validity(profile),
    ...routes(profile),
    ...deadlineNames.flatMap((name) => deadline(name, profile)),
    ...planReminders(profile),
    ...periodicReports(profile),
    ...leadTimes(profile),
    ...limits(profile),
    ...hardness(profile),
    ...moratoria(profile),
  ];
}

function validity({ validFrom, validTo }: ProvinceProfile): ProfileProblem[] {
  if (validTo === null || validFrom < validTo) return [];
  return [problem('validTo', 'ngày hết hiệu lực phải sau ngày có hiệu lực', 'it must end after it begins')];
}

const isForAll = (when: Condition) => Object.values(when).every((value) => value === undefined);

function routes({ routes: all }: ProvinceProfile): ProfileProblem[] {
  const found: ProfileProblem[] = [];
  const last = all.at(-1);
  if (!last || !isForAll(last.when)) {
    found.push(
      problem(
        'routes',
        'tuyến cuối cùng phải nhận mọi loại đoàn (không ghi điều kiện), nếu không sẽ có đoàn không ai duyệt',
        'the last route must take every kind of delegation (no condition), or some trip would have nobody to approve it',
      ),
    );
  }
  if (new Set(all.map(({ id }) => id)).size < all.length) {
    found.push(problem('routes', 'các tuyến phải có mã khác nhau', 'routes need distinct ids'));
  }
  for (const [index, route] of all.entries()) {
    if (index < all.length - 1 && isForAll(route.when)) {
      found.push(
        problem(
          `routes.${index}.when`,
          'tuyến này nhận mọi loại đoàn nên các tuyến sau không bao giờ được dùng',
          'this route takes every delegation, so those after it are never used',
        ),
      );
    }
    const path = `routes.${index}.steps`;
    if (new Set(route.steps.map(({ id }) => id)).size < route.steps.length) {
      found.push(problem(path, 'các bước của một tuyến phải có mã khác nhau', 'steps of a route need distinct ids'));
    }
    if (route.steps.some(({ rule }) => rule.direction !== 'after')) {
      found.push(problem(path, 'hạn của một bước phải tính về phía trước', 'the period of a step counts forwards'));
    }
  }
  return found;
}

function deadline(name: DeadlineName, profile: ProvinceProfile): ProfileProblem[] {
  const path = `deadlines.${name}`;
  const row = profile.deadlines[name];
  if (row === null) return [];
  const { rule, countedFrom, ladder } = row;
  const found: ProfileProblem[] = [];
  if (rule.direction === 'before' && countedFrom === 'now') {
    found.push(
      problem(path, 'tính lùi thì phải lùi từ một ngày của chuyến đi', 'counting back needs a day of the trip'),
    );
  }
  const wrong = ladderProblems(name, { ladder, profile });
  return [...found, ...wrong.map(({ vi, en }) => problem(`${path}.ladder`, vi, en))];
}

function planReminders({ planReminders: { yearly } }: ProvinceProfile): ProfileProblem[] {
  return yearly.flatMap(({ on }, index) =>
    isMonthDay(on)
      ? []
      : [
          problem(
            `planReminders.yearly.${index}.on`,
            `phải là tháng-ngày có trong mọi năm, như 09-30, đang ghi "${on}"`,
            `it is month-day and exists in every year, like 09-30; found "${on}"`,
          ),
        ],
  );
}

/** A day that every year has: the leap day is none. */
function isMonthDay(on: string): boolean {
  const [month, day] = on.split('-').map(Number);
  return /^\d\d-\d\d$/.test(on) && month! >= 1 && month! <= 12 && day! >= 1 && day! <= (monthDays[month! - 1] ?? 0);
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function periodicReports({ periodicReports: all }: ProvinceProfile): ProfileProblem[] {
  return Object.entries(all)
    .filter(([, { direction }]) => direction !== 'after')
    .map(([name]) =>
      problem(`periodicReports.${name}.direction`, 'phải tính về phía trước', 'the period counts forwards'),
    );
}

function leadTimes({ leadTimes: all }: ProvinceProfile): ProfileProblem[] {
  return Object.entries(all)
    .filter(([, { rule }]) => rule.direction !== 'before')
    .map(([name]) =>
      problem(
        `leadTimes.${name}.rule.direction`,
        'phải tính lùi từ ngày của chuyến đi',
        'it counts back from a day of the trip',
      ),
    );
}

function limits({ limits: all }: ProvinceProfile): ProfileProblem[] {
  return limitNames.flatMap((name) =>
    all[name].flatMap((row, index) => {
      const path = `limits.${name}.${index}`;
      const found: ProfileProblem[] = [];
      if (index < all[name].length - 1 && isForAll(row.when)) {
        found.push(
          problem(
            `${path}.when`,
            'dòng này áp dụng cho mọi đoàn nên các dòng sau không bao giờ được dùng',
            'this row holds for every delegation, so those after it are never used',
          ),
        );
      }
      if (row.ceiling && row.ceiling.value < row.value) {
        found.push(
          problem(
            `${path}.ceiling.value`,
            'mức trần không được thấp hơn mức',
            'the ceiling may not be below the value',
          ),
        );
      }
      return found;
    }),
  );
}

const order: readonly Severity[] = ['note', 'warning', 'block'];

/** A reason never makes a rule harder. */
function hardness(profile: ProvinceProfile): ProfileProblem[] {
  const rules: [string, { severity: Severity; whenJustified: Severity }][] = [
    ...limitNames.flatMap((name) =>
      profile.limits[name].map((row, index): [string, typeof row] => [`limits.${name}.${index}`, row]),
    ),
    ...(
      [
        'outOfPlan',
        'planPeriod',
        'enterprisePaid',
        'studyOnBudget',
        'unfinishedDuties',
        'overlap',
        'duplicates',
      ] as const
    ).map((name): [string, { severity: Severity; whenJustified: Severity }] => [name, profile[name]]),
    ...Object.entries(profile.eligibility).map(([kind, row]): [string, typeof row] => [`eligibility.${kind}`, row]),
    ...Object.entries(profile.leadTimes).map(([name, row]): [string, typeof row] => [`leadTimes.${name}`, row]),
  ];
  return rules
    .filter(([, { severity, whenJustified }]) => order.indexOf(whenJustified) > order.indexOf(severity))
    .map(([path]) =>
      problem(
        `${path}.whenJustified`,
        'khi đã giải trình thì mức độ không được nặng hơn khi chưa giải trình',
        'once justified it may not be harder than before',
      ),
    );
}

function moratoria({ moratoria: all }: ProvinceProfile): ProfileProblem[] {
  return all.flatMap(({ from, to }, index) =>
    to !== null && to < from
      ? [problem(`moratoria.${index}.to`, 'ngày kết thúc trước ngày bắt đầu', 'it ends before it begins')]
      : [],
  );
}

function problem(path: string, vi: string, en: string): ProfileProblem {
  const name = pathName(path);
  return { path, text: { vi: `${name.vi}: ${vi}.`, en: `${name.en}: ${en}.` } };
}
