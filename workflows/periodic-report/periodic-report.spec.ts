import { describe, expect, it } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { roundEvents, roundStates, unitReportEvents, unitReportStates } from '#contracts/report-round.js';
import { checkDefinition, decide, start, type WorkflowDefinition, type WorkflowEvent } from '#libs/engine';
import { reportDeadlineTexts, reportTaskNames, roundStateNames, unitReportStateNames } from './names.js';
import { mayReport, type ReportAct, reportPermissions } from './permissions.js';
import { reportRound, roundLadder } from './report-round.js';
import { roundMoves, unitReport, unitReportLadder } from './unit-report.js';

const now = new Date('2026-06-01T01:00:00.000Z');
const rule = { amount: 0, unit: 'calendarDay', direction: 'after', source: null } as const;
const deadline = { rule, on: '2026-06-15', reminders: unitReportLadder('focal') };
const unitInput = {
  title: 'Báo cáo đoàn ra 6 tháng đầu năm 2026',
  organisationId: 'unit',
  focalId: 'focal',
  deadlines: { unitReportDue: deadline, unitReportRevisionDue: { rule, reminders: unitReportLadder('focal') } },
};
const roundInput = {
  title: unitInput.title,
  focalId: 'focal',
  deadlines: { reportConsolidationDue: { rule, on: '2026-06-15', reminders: roundLadder('focal') } },
};
const document = { number: '41/BC-SNgV', date: '2026-06-22' };

interface Family {
  readonly name: string;
  readonly definition: WorkflowDefinition;
  readonly input: object;
  readonly events: readonly WorkflowEvent[];
  readonly states: readonly string[];
  /** What of the context decides the future beside the state. */
  readonly memory: (context: { submittedById?: string | null }) => string;
}

/** By two people, so that nobody examines their own. */
const by = (type: string, more: object = {}) =>
  ['first', 'second'].map((principalId) => ({ type, ...more, facts: { principalId, onBehalfOfId: null } }));

const families: readonly Family[] = [
  {
    name: "a unit's report",
    definition: unitReport,
    input: unitInput,
    events: [
      ...[...Object.keys(unitReportEvents), ...roundMoves].flatMap((type) => by(type)),
      ...['requested', 'returned'].map((state) => ({
        type: `xstate.after.${state === 'requested' ? 'unitReportDue' : 'unitReportRevisionDue'}.unit-report.${state}`,
      })),
    ],
    states: unitReportStates,
    memory: ({ submittedById }) => submittedById ?? '',
  },
  {
    name: 'a request for reports',
    definition: reportRound,
    input: roundInput,
    events: Object.keys(roundEvents).flatMap((type) =>
      [0, 1].flatMap((unexaminedReports) => [
        { type, facts: { principalId: 'first', onBehalfOfId: null, unexaminedReports } },
        { type, document, facts: { principalId: 'first', onBehalfOfId: null, unexaminedReports } },
      ]),
    ),
    states: roundStates,
    memory: () => '',
  },
];

describe.each(families)('$name', ({ definition, input, events, states, memory }) => {
  const paths = getShortestPaths(definition.machine as AnyStateMachine, {
    input,
    events: events.filter(({ type }) => !type.startsWith('xstate.')),
    serializeState: (state) => JSON.stringify([state.value, memory(state.context)]),
  });

  it('is a definition the engine can keep', () => {
    expect(() => checkDefinition(definition)).not.toThrow();
  });

  it('reaches every state that has a name, and no other', () => {
    expect([...new Set(paths.map(({ state }) => String(state.value)))].toSorted()).toEqual([...states].toSorted());
  });

  it('walks every path through JSON, leaves no task open at the end, and names each refusal', () => {
    for (const { steps } of paths) {
      let { snapshot, effects } = start(definition, input, now);
      const open = new Set<string>();
      const note = () => {
        for (const effect of effects) {
          if (effect.type === 'openTask') open.add(effect.key);
          if (effect.type === 'closeTask') open.delete(effect.key);
        }
      };
      note();
      for (const { event } of steps.filter(({ event: { type } }) => type !== 'xstate.init')) {
        snapshot = JSON.parse(JSON.stringify(snapshot));
        for (const tried of events) {
          const answer = decide(definition, snapshot, tried, now);
          if (answer.kind === 'refused' && answer.reason === 'rule') expect(answer.rules.length).toBeGreaterThan(0);
        }
        const outcome = decide(definition, snapshot, event as WorkflowEvent, now);
        if (outcome.kind === 'refused') throw new Error(`${event.type} was refused on its own path.`);
        ({ snapshot, effects } = outcome);
        note();
      }
      if (snapshot.status === 'done') expect([...open]).toEqual([]);
    }
  });
});

describe('the report of a unit', () => {
  const first = { principalId: 'first', onBehalfOfId: null };
  const submitted = () => {
    const { snapshot } = start(unitReport, unitInput, now);
    const outcome = decide(unitReport, snapshot, { type: 'SUBMIT_UNIT_REPORT', facts: first }, now);
    if (outcome.kind === 'refused') throw new Error('A first report is not refused.');
    return outcome.snapshot;
  };

  it('is late when its day passes, and no longer once it is handed in', () => {
    const { snapshot } = start(unitReport, unitInput, now);
    const late = decide(unitReport, snapshot, { type: 'xstate.after.unitReportDue.unit-report.requested' }, now);
    expect(late).toMatchObject({ states: ['requested'], snapshot: { context: { isOverdue: true } } });
    expect(submitted()).toMatchObject({ context: { isOverdue: false, submittedById: 'first' } });
  });

  it('is examined by somebody else, also not through a substitute', () => {
    for (const facts of [first, { principalId: 'second', onBehalfOfId: 'first' }])
      expect(decide(unitReport, submitted(), { type: 'ACCEPT_UNIT_REPORT', facts }, now)).toMatchObject({
        kind: 'refused',
        rules: [{ name: 'notOwnReport' }],
      });
    const other = { principalId: 'second', onBehalfOfId: null };
    expect(decide(unitReport, submitted(), { type: 'ACCEPT_UNIT_REPORT', facts: other }, now)).toMatchObject({
      states: ['accepted'],
    });
  });

  it('goes over to the successor of the unit, with its day', () => {
    const { handOver } = unitReport;
    const { context } = start(unitReport, unitInput, now).snapshot;
    expect(handOver?.(context as never, { from: 'unit', to: 'heir' })).toMatchObject({
      organisationId: 'heir',
      deadlines: { unitReportDue: { on: '2026-06-15' } },
    });
  });
});

describe('the request for reports', () => {
  it('waits until what was handed in is examined, and is issued with a number alone', () => {
    const { snapshot } = start(reportRound, roundInput, now);
    const facts = { principalId: 'first', onBehalfOfId: null, unexaminedReports: 1 };
    const early = decide(reportRound, snapshot, { type: 'CONSOLIDATE_REPORTS', facts }, now);
    expect(early).toMatchObject({ rules: [{ name: 'reportsExamined' }] });
    const done = decide(
      reportRound,
      snapshot,
      { type: 'CONSOLIDATE_REPORTS', facts: { ...facts, unexaminedReports: 0 } },
      now,
    );
    if (done.kind === 'refused') throw new Error('Nothing is unexamined.');
    expect(decide(reportRound, done.snapshot, { type: 'ISSUE_REPORT', facts }, now)).toMatchObject({
      rules: [{ name: 'hasNumber' }],
    });
    expect(decide(reportRound, done.snapshot, { type: 'ISSUE_REPORT', document, facts }, now)).toMatchObject({
      states: ['issued'],
    });
  });
});

describe('who may', () => {
  const may = (act: ReportAct, role: string, organisationId: string) =>
    mayReport({ act, holding: { role, organisationId }, unitId: 'unit', focalId: 'focal' });

  it('hand in is the unit, examine and consolidate the focal agency, number its clerk', () => {
    expect(may('SUBMIT_UNIT_REPORT', 'unitOfficer', 'unit')).toBe(true);
    expect(may('SUBMIT_UNIT_REPORT', 'unitOfficer', 'focal')).toBe(false);
    expect(may('ACCEPT_UNIT_REPORT', 'reviewer', 'unit')).toBe(false);
    expect(may('CONSOLIDATE_REPORTS', 'reviewer', 'focal')).toBe(true);
    expect(may('CANCEL_ROUND', 'reviewer', 'focal')).toBe(false);
    expect(may('ISSUE_REPORT', 'clerk', 'focal')).toBe(true);
    for (const act of Object.keys(reportPermissions) as ReportAct[])
      for (const role of ['administrator', 'inspector']) expect(may(act, role, 'focal')).toBe(false);
  });
});

it('every state, task and deadline of the two has its names', () => {
  expect(Object.keys(unitReportStateNames).toSorted()).toEqual([...unitReportStates].toSorted());
  expect(Object.keys(roundStateNames).toSorted()).toEqual([...roundStates].toSorted());
  expect(Object.keys(reportDeadlineTexts).toSorted()).toEqual(
    [...Object.keys(unitReport.deadlines ?? {}), ...Object.keys(reportRound.deadlines ?? {})].toSorted(),
  );
  for (const { vi, en } of [...Object.values(reportTaskNames), ...Object.values(unitReportStateNames)])
    expect([vi, en].every((words) => words.length > 3)).toBe(true);
});
