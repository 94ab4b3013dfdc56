import { describe, expect, it } from '@jest/globals';
import type { DelegationEventType } from '#contracts/delegation-events.js';
import { type Accepted, checkDefinition, decide, type Effect, start, type WorkflowEvent } from '#libs/engine';
import { type DelegationContext, documentsOf, typesNotRecorded } from './context.js';
import { outboundDelegation } from './definition.js';
import type { DelegationFacts } from './facts.js';
import type { DelegationInput } from './input.js';
import { sampleEvent, sampleIds, sampleInput, timerEvent } from './sample-case.js';

const now = new Date('2026-03-02T01:00:00.000Z');
const police = { organisationId: sampleIds.police };
const letterOfNoType = { number: '12/UBND-NC', date: '2026-03-02' };

type Step = DelegationEventType | WorkflowEvent;

/** A case told event by event; every state goes through JSON. */
class Case {
  private last: Accepted;
  readonly effects: Effect[] = [];

  constructor(input: Partial<DelegationInput> = {}) {
    this.last = this.keep(start(outboundDelegation, sampleInput(input), now));
  }

  send(...steps: readonly Step[]): this {
    for (const step of steps) {
      const event = typeof step === 'string' ? sampleEvent(step) : step;
      const decision = decide(outboundDelegation, this.last.snapshot, event, now);
      if (decision.kind === 'refused') {
        const names = decision.rules.map((rule) => rule.name).join(', ');
        throw new Error(`${event.type} in ${this.states.join(' ')}: ${decision.reason} ${names}`);
      }
      this.last = this.keep(decision);
    }
    return this;
  }

  refusal(type: DelegationEventType, payload = {}, facts: Partial<DelegationFacts> = {}): readonly string[] {
    const decision = decide(outboundDelegation, this.last.snapshot, sampleEvent(type, payload, facts), now);
    if (decision.kind === 'accepted') return ['accepted'];
    return decision.reason === 'rule' ? decision.rules.map((rule) => rule.name) : [decision.reason];
  }

  get states(): readonly string[] {
    return this.last.states;
  }
  get status() {
    return this.last.status;
  }
  get context(): DelegationContext {
    return this.last.snapshot.context as DelegationContext;
  }
  get lastEffects(): readonly Effect[] {
    return this.last.effects;
  }
  get openTasks(): readonly string[] {
    const open = new Set<string>();
    for (const effect of this.effects) {
      if (effect.type === 'openTask') open.add(effect.key);
      if (effect.type === 'closeTask') open.delete(effect.key);
    }
    return [...open];
  }
  get armed(): readonly string[] {
    const armed = new Map<string, string>();
    for (const effect of this.effects) {
      if (effect.type === 'armTimer') armed.set(effect.sendId, effect.name);
      if (effect.type === 'cancelTimer') armed.delete(effect.sendId);
    }
    return [...armed.values()];
  }

  private keep(accepted: Accepted): Accepted {
    this.effects.push(...accepted.effects);
    return JSON.parse(JSON.stringify(accepted)) as Accepted;
  }
}

const toReview: Step[] = ['SUBMIT', 'SIGN_SUBMIT', 'RECEIVE'];
const toApproval: Step[] = [...toReview, 'ACCEPT_DOSSIER', 'FORWARD'];
const toDecision: Step[] = [...toApproval, 'APPROVE', 'APPROVE'];
const toPreparing: Step[] = [...toDecision, 'ISSUE_DECISION'];
const prepare: Step[] = [
  'PASSPORT_GIVEN',
  'NOTE_VERBALE_ISSUED',
  'MOFA_NOTIFIED',
  'EMBASSY_NOTIFIED',
  'FUNDING_CONFIRMED',
];
const toAbroad: Step[] = [...toPreparing, ...prepare, 'DEPART'];
const toClosing: Step[] = [...toAbroad, sampleEvent('RETURN_HOME', { returnedOn: '2026-03-02' })];

describe('outbound delegation', () => {
  it('is a definition the engine can keep', () => {
    expect(() => checkDefinition(outboundDelegation)).not.toThrow();
  });

  it('goes from draft to completion with a supplement, opinions, a late report and nothing left open', () => {
    const trip = new Case().send(...toReview, 'REQUEST_SUPPLEMENT', 'RESUBMIT');
    expect(trip.states).toContain('appraisal.review.dossier.checking');
    trip.send(sampleEvent('REQUEST_OPINION', { organisationIds: [sampleIds.finance, sampleIds.police] }));
    expect(trip.openTasks).toEqual(['appraise', 'giveOpinion:finance', 'giveOpinion:police']);
    trip.send('OPINION_RECEIVED');
    expect(trip.openTasks).toEqual(['appraise', 'giveOpinion:police']);
    trip.send(sampleEvent('OPINION_RECEIVED', { organisationId: sampleIds.police }), 'ACCEPT_DOSSIER', 'FORWARD');
    expect(trip.openTasks).toEqual(['approveStep:focalLeader']);
    trip.send('APPROVE');
    expect(trip.openTasks).toEqual(['approveStep:peoplesCommittee']);
    trip.send('APPROVE');
    expect(trip.states).toEqual(['notification', 'notification.awaitingDecision']);
    trip.send('ISSUE_DECISION', ...prepare, 'DEPART');
    expect(trip.states).toContain('trip.abroad.journey.away');
    trip.send('RETURN_HOME', timerEvent('reportDeadline', 'trip.closing.report.due'));
    expect(trip.states).toContain('trip.closing.report.due.overdue');
    expect(trip.armed).toContain('reportDeadline');
    trip.send('SUBMIT_REPORT', 'RETURN_REPORT', 'SUBMIT_REPORT', 'ACCEPT_REPORT', 'PASSPORT_RETURNED');
    expect(trip.context).toMatchObject({ reportIsLate: true, report: { timesReturned: 1 } });
    trip.send('SETTLEMENT_DONE');
    expect(trip.states).toEqual(['completed']);
    expect(trip.status).toBe('done');
    expect(trip.openTasks).toEqual([]);
    expect(trip.armed).toEqual([]);
  });

  it('marks a passed deadline and keeps waiting, with its timer not cancelled', () => {
    const trip = new Case().send('SUBMIT', 'SIGN_SUBMIT', timerEvent('intakeDeadline', 'appraisal.intake'));
    expect(trip.states).toContain('appraisal.intake');
    expect(trip.context.overdue).toEqual(['intakeDeadline']);
    expect(trip.lastEffects).toEqual([]);
    expect(trip.send('RECEIVE').context.overdue).toEqual([]);
  });

  it('asks again every level whose approval was voided by an edit', () => {
    const trip = new Case().send(...toApproval, 'APPROVE', 'RETURN', sampleEvent('CLARIFY', {}, { digest: 'd2' }));
    expect(trip.context.approvals).toMatchObject([
      { stepId: 'focalLeader', digest: 'd1', voidedAt: now.toISOString() },
    ]);
    expect(trip.openTasks).toEqual(['approveStep:focalLeader']);
    trip.send(sampleEvent('APPROVE', {}, { digest: 'd2' }), sampleEvent('APPROVE', {}, { digest: 'd2' }));
    expect(trip.refusal('ISSUE_DECISION', {}, { digest: 'd3' })).toEqual(['approvalsMatchContent']);
    expect(trip.refusal('ISSUE_DECISION', {}, { digest: 'd2' })).toEqual(['accepted']);
  });

  it('lets nobody decide on their own trip in any way, nor through a substitute', () => {
    const trip = new Case().send(...toApproval);
    const { member, proposer } = sampleIds;
    expect(trip.refusal('APPROVE', {}, { principalId: member })).toEqual(['notOwnProposal']);
    expect(trip.refusal('APPROVE', {}, { principalId: proposer })).toEqual(['notOwnProposal']);
    expect(trip.refusal('APPROVE', {}, { onBehalfOfId: member })).toEqual(['notOwnProposal']);
    expect(trip.refusal('APPROVE_WITH_CONDITION', {}, { onBehalfOfId: proposer })).toEqual(['notOwnProposal']);
    expect(trip.refusal('REJECT', {}, { principalId: member })).toEqual(['notOwnProposal']);
    expect(trip.refusal('REJECT', {}, { onBehalfOfId: proposer })).toEqual(['notOwnProposal']);
    trip.send('FREEZE');
    for (const type of ['UNFREEZE', 'GRANT_EXCEPTION'] as const) {
      expect(trip.refusal(type, {}, { principalId: member })).toEqual(['notOwnProposal']);
      expect(trip.refusal(type, {}, { onBehalfOfId: proposer })).toEqual(['notOwnProposal']);
      expect(trip.refusal(type, {}, {})).toEqual(['accepted']);
    }
  });

  it('keeps which document each level answered with; a level that only warns takes another', () => {
    const trip = new Case().send(...toApproval, 'APPROVE');
    const other = { number: '12/TB-VP', date: '2026-03-02', type: 'notice' };
    trip.send(sampleEvent('APPROVE', { document: other }));
    expect(trip.states).toContain('notification.awaitingDecision');
    const [first, second] = trip.context.approvals;
    const [focal, committee] = trip.context.steps;
    expect(first!.document).toMatchObject({ type: 'submission' });
    expect(typesNotRecorded(focal, documentsOf(first!))).toEqual([]);
    expect(second!.document).toEqual(other);
    expect(typesNotRecorded(committee, documentsOf(second!))).toEqual(['submission', 'officialLetter']);
  });

  it('takes further documents of a level that has agreed until the case is closed, each once, with who and when', () => {
    const trip = new Case().send(...toApproval, 'APPROVE', sampleEvent('APPROVE', { document: letterOfNoType }));
    const late = { number: '77/TTr-UBND', date: '2026-03-02', type: 'submission' };
    const record = { stepId: 'peoplesCommittee', document: late };
    const before = { states: trip.states, tasks: trip.openTasks, armed: trip.armed };
    trip.send(sampleEvent('RECORD_STEP_DOCUMENT', record));
    expect({ states: trip.states, tasks: trip.openTasks, armed: trip.armed }).toEqual(before);
    const [, committee] = trip.context.approvals;
    expect(documentsOf(committee!)).toEqual([letterOfNoType, late]);
    expect(committee!.further).toMatchObject([{ byId: sampleIds.officer, at: now.toISOString() }]);
    expect(typesNotRecorded(trip.context.steps[1], documentsOf(committee!))).toEqual([]);
    expect(trip.refusal('RECORD_STEP_DOCUMENT', record)).toEqual(['stepDocumentNew']);
    trip.send('ISSUE_DECISION', ...prepare, 'FREEZE', 'RECORD_STEP_DOCUMENT', 'GRANT_EXCEPTION', 'DEPART');
    expect(trip.context.approvals[0]!.further).toHaveLength(1);
    trip.send(sampleEvent('RETURN_HOME', { returnedOn: '2026-03-02' }), 'SUBMIT_REPORT', 'ACCEPT_REPORT');
    const another = { ...record, document: { ...late, number: '78/TTr-UBND' } };
    expect(trip.refusal('RECORD_STEP_DOCUMENT', another)).toEqual(['accepted']);
    trip.send('PASSPORT_RETURNED', 'SETTLEMENT_DONE');
    expect(trip.states).toEqual(['completed']);
    expect(trip.refusal('RECORD_STEP_DOCUMENT', another)).not.toEqual(['accepted']);
  });

  it('counts no document of an approval that was voided', () => {
    const trip = new Case().send(...toApproval, 'APPROVE', 'RECORD_STEP_DOCUMENT', 'RETURN');
    trip.send(sampleEvent('CLARIFY', {}, { digest: 'd2' }));
    expect(trip.refusal('RECORD_STEP_DOCUMENT', {}, { digest: 'd2' })).toEqual(['stepAgreed']);
  });

  it('takes any document of a level whose rules said nothing when the case began', () => {
    const steps = sampleInput().steps.map(({ records, whenNotRecorded, ...step }) => step);
    const trip = new Case({ steps }).send(...toApproval);
    expect(trip.refusal('APPROVE', { document: { number: '1/TB', date: '2026-03-02' } })).toEqual(['accepted']);
  });

  it('goes on to approval when every agency the rules require has answered, however it answered', () => {
    const requiredOpinions = [{ organisationId: sampleIds.finance, inWriting: true }];
    const trip = new Case().send(...toReview, sampleEvent('REQUEST_OPINION', {}, { requiredOpinions }));
    expect(trip.armed).toContain('opinionDeadline');
    trip.send(sampleEvent('OPINION_RECEIVED', { opinion: 'disagree' }), 'ACCEPT_DOSSIER');
    expect(trip.context.opinions).toMatchObject([{ answer: 'disagree', inWriting: true, act: { document: {} } }]);
    expect(trip.send(sampleEvent('FORWARD', {}, { requiredOpinions })).states).toContain('approval.step');
  });

  it('asks every agency the rules require when the dossier is accepted, each once, whoever was asked before', () => {
    const requiredOpinions = [
      { organisationId: sampleIds.finance, inWriting: true },
      { organisationId: sampleIds.police, inWriting: false },
    ];
    const accept = sampleEvent('ACCEPT_DOSSIER', {}, { requiredOpinions });
    const trip = new Case().send(...toReview, accept);
    expect(trip.openTasks).toEqual(['appraise', 'giveOpinion:finance', 'giveOpinion:police']);
    expect(trip.armed).toContain('opinionDeadline');
    expect(trip.context.opinions).toMatchObject([{ organisationId: 'finance', inWriting: true }, { answer: null }]);
    expect(trip.context.opinions[1]).not.toHaveProperty('inWriting');
    expect(trip.refusal('REQUEST_OPINION')).toEqual(['notYetAsked']);
    expect(trip.refusal('ACCEPT_DOSSIER', {}, { requiredOpinions })).toEqual(['unknownEvent']);

    const asked = new Case().send(...toReview, 'REQUEST_OPINION', 'OPINION_RECEIVED', accept);
    expect(asked.context.opinions.map((one) => one.organisationId)).toEqual(['finance', 'police']);
    expect(asked.openTasks).toEqual(['appraise', 'giveOpinion:police']);
  });

  it('asks nobody while the dossier is refused, and says only why it is', () => {
    const trip = new Case().send(...toReview);
    const facts = { missingDocuments: ['programme'], requiredOpinions: [] };
    expect(trip.refusal('ACCEPT_DOSSIER', {}, facts)).toEqual(['dossierComplete']);
    expect(
      trip.refusal('ACCEPT_DOSSIER', {}, { ...facts, requiredOpinions: [{ ...police, inWriting: true }] }),
    ).toEqual(['dossierComplete']);
    expect(trip.send('ACCEPT_DOSSIER').states).toContain('appraisal.review.opinions.notNeeded');
  });

  it('lets no dossier past a required opinion by way of a refusal advised and a clarification', () => {
    const requiredOpinions = [{ ...police, inWriting: false }];
    const trip = new Case().send(...toReview, sampleEvent('FORWARD', { recommendation: 'reject' }), 'RETURN');
    expect(trip.refusal('CLARIFY', {}, { requiredOpinions })).toEqual(['requiredOpinionsIn']);
    trip.send('REQUEST_SUPPLEMENT', 'RESUBMIT', sampleEvent('ACCEPT_DOSSIER', {}, { requiredOpinions }));
    expect(trip.openTasks).toEqual(['appraise', 'giveOpinion:police']);
  });

  it('needs a condition cleared before the decision', () => {
    const trip = new Case().send(...toApproval, 'APPROVE_WITH_CONDITION', 'APPROVE');
    expect(trip.states).toContain('approval.awaitingCondition');
    expect(trip.openTasks).toEqual(['clearCondition:focalLeader']);
    expect(trip.send('CONDITION_CLEARED').states).toContain('notification.awaitingDecision');
  });

  it('confirms one changed field on the spot and asks a new decision for two', () => {
    const one = new Case().send(...toPreparing, ...prepare, 'REQUEST_AMENDMENT');
    expect(one.states).toContain('notification.preparing.amendment.requested');
    one.send(sampleEvent('AMENDMENT_APPROVED', {}, { digest: 'd2' }));
    expect(one.states).toContain('notification.preparing.amendment.none');
    expect(one.states).toContain('notification.preparing.passports.done');
    expect(one.refusal('DEPART')).toEqual(['contentMatchesDecision']);
    expect(one.refusal('DEPART', {}, { digest: 'd2' })).toEqual(['accepted']);
    one.send(sampleEvent('REQUEST_AMENDMENT', { changedFields: ['dates'] }));
    expect(one.states).toContain('notification.awaitingDecision');

    const two = new Case().send(...toPreparing);
    two.send(sampleEvent('REQUEST_AMENDMENT', { changedFields: ['dates', 'countries'] }));
    expect(two.states).toContain('notification.awaitingDecision');
    two.send(sampleEvent('ISSUE_DECISION', {}, { digest: 'd9' }));
    expect(two.context.decisions).toMatchObject([
      { supersededAt: now.toISOString() },
      { digest: 'd9', supersededAt: null },
    ]);
  });

  it('arms the deadlines of the trip anew when an amendment moves its days', () => {
    const trip = new Case().send(...toPreparing, sampleEvent('REQUEST_AMENDMENT', { changedFields: ['dates'] }));
    const moved = { departureDate: '2026-09-01', returnDate: '2026-09-08', needs: trip.context.trip.needs };
    trip.send(sampleEvent('AMENDMENT_APPROVED', {}, { trip: moved, changedFields: ['dates'] }));
    const departure = trip.lastEffects.find((effect) => effect.type === 'armTimer' && effect.name === 'departureDue');
    expect(departure).toMatchObject({ spec: { from: '2026-09-01' } });
  });

  it('sends a postponed trip back to preparation, to a new decision or to appraisal', () => {
    const postponed = () => new Case().send(...toPreparing, 'POSTPONE');
    expect(postponed().send('RESCHEDULE').states).toContain('notification.preparing');
    const two = sampleEvent('RESCHEDULE', {}, { changedFields: ['members'] });
    expect(postponed().send(two).states).toContain('notification.awaitingDecision');
    const three = postponed().send(sampleEvent('RESCHEDULE', {}, { changedFields: ['members', 'countries'] }));
    expect(three.states).toContain('appraisal.review');
    expect(three.context.approvals.every((approval) => approval.voidedAt !== null)).toBe(true);
  });

  it('returns from a moratorium to exactly where it was', () => {
    const trip = new Case().send(...toPreparing, 'PASSPORT_GIVEN');
    const before = { states: trip.states, tasks: [...trip.openTasks].sort(), armed: [...trip.armed].sort() };
    trip.send('FREEZE');
    expect(trip.states).toEqual(['frozen']);
    expect(trip.openTasks).toEqual(['watchFreeze']);
    expect(trip.armed).toEqual([]);
    trip.send('GRANT_EXCEPTION');
    expect({ states: trip.states, tasks: [...trip.openTasks].sort(), armed: [...trip.armed].sort() }).toEqual(before);
    expect(trip.refusal('FREEZE')).toEqual(['noExceptionGranted']);
  });

  it('goes abroad by itself on the day of departure only when nothing is missing', () => {
    const departureDue = timerEvent('departureDue', 'notification.preparing.departure.waiting');
    expect(new Case().send(...toPreparing, ...prepare, departureDue).states).toContain('trip.abroad');
    const late = new Case().send(...toPreparing, departureDue);
    expect(late.states).toContain('notification.preparing.departure.due');
    expect(late.openTasks).toContain('recordDeparture');
    expect(late.refusal('DEPART')).toEqual(['preparationsDone']);
  });

  it('counts the planned return from the new day once an extension is granted', () => {
    const trip = new Case().send(...toAbroad, 'REQUEST_EXTENSION', 'EXTENSION_GRANTED');
    const due = trip.lastEffects.find((effect) => effect.type === 'armTimer' && effect.name === 'returnDue');
    expect(due).toMatchObject({ spec: { from: '2026-12-30', taskKey: 'recordReturn' } });
    expect(trip.states).toContain('trip.abroad.extension.none');
  });

  it('closes with a lost passport too', () => {
    const trip = new Case().send(...toClosing, 'PASSPORT_LOST', 'SUBMIT_REPORT', 'ACCEPT_REPORT', 'SETTLEMENT_DONE');
    expect(trip.states).toEqual(['completed']);
    expect(trip.context.passportsLost).toBe(true);
  });

  it('is withdrawn before a decision and cancelled after it, and says which', () => {
    expect(new Case().send(...toDecision).refusal('CANCEL')).toEqual(['hasDecision']);
    expect(new Case().send(...toPreparing).refusal('WITHDRAW')).toEqual(['noDecisionYet']);
    expect(new Case().send(...toDecision, 'WITHDRAW').states).toEqual(['withdrawn']);
    expect(new Case().send(...toPreparing, 'CANCEL').states).toEqual(['cancelled']);
  });

  it('keeps what is left of the appraisal clock when the profile pauses it', () => {
    const settings = { ...sampleInput().settings, supplementClock: 'pauseAndResume' as const };
    const remaining = { amount: 3, unit: 'halfWorkingDay' as const };
    const request = sampleEvent('REQUEST_SUPPLEMENT', {}, { appraisalRemaining: remaining });
    const ruleAfter = (trip: Case) =>
      trip.lastEffects.flatMap((effect) => (effect.type === 'armTimer' ? [effect.spec.rule] : []));
    expect(ruleAfter(new Case({ settings }).send(...toReview, request, 'RESUBMIT'))).toMatchObject([remaining]);
    expect(ruleAfter(new Case().send(...toReview, request, 'RESUBMIT'))).toMatchObject([
      { amount: 3, unit: 'workingDay' },
    ]);
  });
});

describe('the deadlines of a case', () => {
  const armed = (trip: Case, name: string) =>
    trip.effects.flatMap((effect) => (effect.type === 'armTimer' && effect.name === name ? [effect.spec] : [])).at(-1);

  it('belong to every agency that has not answered', () => {
    const trip = new Case().send(...toReview, 'REQUEST_OPINION');
    expect(armed(trip, 'opinionDeadline')).toMatchObject({ from: 'now', taskKey: 'giveOpinion' });
  });

  it('count from the days of the trip, or from where the profile says', () => {
    expect(armed(new Case().send(...toPreparing), 'mofaNotificationDeadline')).toMatchObject({ from: '2026-06-01' });
    expect(armed(new Case().send(...toAbroad), 'returnDue')).toMatchObject({ from: '2026-06-08' });
    expect(armed(new Case().send(...toClosing), 'reportDeadline')).toMatchObject({ from: '2026-03-02' });
    const plan = { rule: { amount: 2, unit: 'workingDay', direction: 'after', source: null }, reminders: [] } as const;
    const deadlines = { mofaNotificationDeadline: { ...plan, countedFrom: 'now' } } as const;
    expect(armed(new Case({ deadlines }).send(...toPreparing), 'mofaNotificationDeadline')).toMatchObject({
      from: 'now',
    });
  });

  it('name everybody they remind: "assignee" only where there is a task', () => {
    const supplement = new Case().send(...toReview, 'REQUEST_SUPPLEMENT').effects;
    const armed = [...supplement, ...new Case().send(...toClosing).effects].filter((one) => one.type === 'armTimer');
    const nobody = armed.filter(
      ({ spec }) => spec.taskKey === undefined && spec.reminders.some(({ to }) => to.includes('assignee')),
    );
    expect(nobody.map(({ name }) => name)).toEqual([]);
    const [idle] = armed.filter(({ name }) => name === 'supplementInactive');
    expect(idle?.spec.reminders[0]?.to).toEqual([{ role: 'unitOfficer', organisationId: sampleIds.unit }]);
  });

  it('are those the profile has, and the days of the trip in any case', () => {
    const names = new Set(
      new Case({ deadlines: {}, steps: sampleInput().steps.map((step) => ({ ...step, deadline: null })) })
        .send(...toAbroad)
        .effects.flatMap((effect) => (effect.type === 'armTimer' ? [effect.name] : [])),
    );
    expect([...names]).toEqual(['departureDue', 'returnDue']);
  });

  it('follow a new decision that is issued while the delegation is abroad', () => {
    const trip = new Case().send(
      ...toAbroad,
      sampleEvent('REQUEST_AMENDMENT', { changedFields: ['dates', 'countries'] }),
    );
    const later = { departureDate: '2026-06-01', returnDate: '2026-06-15', needs: sampleInput().trip.needs };
    trip.send(sampleEvent('ISSUE_DECISION', {}, { trip: later, changedFields: ['dates', 'countries'] }));
    expect(trip.states).toContain('trip.abroad.amendment.none');
    expect(armed(trip, 'returnDue')).toMatchObject({ from: '2026-06-15' });
  });
});

describe('each rule says no by its name', () => {
  const plan = { itemId: 'item', isApproved: true, conditionCleared: true, isJustified: false };
  const party = { id: 'party', organisationId: sampleIds.party, role: 'leader', deadline: null } as const;
  const finance = { organisationId: sampleIds.finance };
  const letter = { number: '12/TB-VP', date: '2026-03-02' };
  const signed = { number: '51/QĐ-UBND', date: '2026-03-02' };
  const higher = [...sampleInput().steps, party];
  const noDates = { departureDate: null, returnDate: null, needs: sampleInput().trip.needs };
  const at: Readonly<Record<string, readonly Step[]>> = {
    draft: [],
    unitHead: ['SUBMIT'],
    intake: ['SUBMIT', 'SIGN_SUBMIT'],
    review: toReview,
    asked: [...toReview, 'REQUEST_OPINION', 'ACCEPT_DOSSIER'],
    askedInWriting: [
      ...toReview,
      sampleEvent('REQUEST_OPINION', {}, { requiredOpinions: [{ ...finance, inWriting: true }] }),
    ],
    accepted: [...toReview, 'ACCEPT_DOSSIER'],
    advisedAgainst: [...toReview, sampleEvent('FORWARD', { recommendation: 'reject' })],
    step: toApproval,
    deciding: toDecision,
    preparing: toPreparing,
    ready: [...toPreparing, ...prepare],
    amending: [...toPreparing, ...prepare, 'REQUEST_AMENDMENT'],
    amendingAnew: [...toPreparing, sampleEvent('REQUEST_AMENDMENT', { changedFields: ['dates', 'countries'] })],
    postponed: [...toPreparing, 'POSTPONE'],
    abroad: toAbroad,
    amendingAbroad: [...toAbroad, 'REQUEST_AMENDMENT', 'REQUEST_EXTENSION'],
  };

  it.each<[string, string, DelegationEventType, object, Partial<DelegationFacts>]>([
    ['isInPlanOrJustified', 'draft', 'SUBMIT', {}, { plan: { ...plan, itemId: null } }],
    ['planItemApproved', 'draft', 'SUBMIT', {}, { plan: { ...plan, isApproved: false } }],
    ['noClassifiedContent', 'intake', 'RECEIVE', {}, { hasClassifiedContent: true }],
    ['dossierComplete', 'review', 'ACCEPT_DOSSIER', {}, { missingDocuments: ['programme'] }],
    ['datesKnown', 'draft', 'SUBMIT', {}, { trip: noDates }],
    ['leadTimeOkOrUrgent', 'unitHead', 'SIGN_SUBMIT', {}, { leadTime: 'late' }],
    ['limitsOkOrJustified', 'accepted', 'FORWARD', {}, { limits: 'exceeded' }],
    ['noEligibilityBlock', 'step', 'APPROVE', {}, { eligibility: 'blocked' }],
    ['notFrozen', 'intake', 'RECEIVE', {}, { moratorium: true }],
    ['hasDocument', 'step', 'APPROVE', { document: undefined }, {}],
    ['notOwnProposal', 'step', 'APPROVE', {}, { onBehalfOfId: sampleIds.member }],
    ['dossierAccepted', 'review', 'FORWARD', {}, {}],
    ['allOpinionsIn', 'asked', 'FORWARD', { recommendation: 'approve' }, {}],
    ['requiredOpinionsIn', 'accepted', 'FORWARD', {}, { requiredOpinions: [{ ...finance, inWriting: true }] }],
    ['opinionInWriting', 'askedInWriting', 'OPINION_RECEIVED', { document: undefined }, {}],
    ['stepDocumentRecorded', 'step', 'APPROVE', { document: letter }, {}],
    ['stepDocumentRecorded', 'step', 'APPROVE_WITH_CONDITION', { document: { ...letter, type: 'decision' } }, {}],
    ['stepAgreed', 'step', 'RECORD_STEP_DOCUMENT', {}, {}],
    ['stepDocumentNew', 'deciding', 'RECORD_STEP_DOCUMENT', { document: { ...signed, type: 'submission' } }, {}],
    ['hasApprovalRoute', 'accepted', 'FORWARD', {}, { steps: [] }],
    ['notYetAsked', 'asked', 'REQUEST_OPINION', {}, {}],
    ['opinionIsAwaited', 'asked', 'OPINION_RECEIVED', { organisationId: sampleIds.police }, {}],
    ['notRecommendedAgainst', 'advisedAgainst', 'APPROVE', {}, {}],
    ['conditionOpen', 'step', 'CONDITION_CLEARED', {}, {}],
    ['conditionCleared', 'deciding', 'ISSUE_DECISION', {}, { plan: { ...plan, conditionCleared: false } }],
    ['approvalsMatchContent', 'deciding', 'ISSUE_DECISION', {}, { digest: 'edited' }],
    ['signerHasAuthority', 'deciding', 'ISSUE_DECISION', {}, { signerHasAuthority: false }],
    ['signerHasAuthority', 'deciding', 'ISSUE_DECISION', { signerId: sampleIds.member }, {}],
    ['amendmentOpen', 'deciding', 'AMENDMENT_REJECTED', {}, {}],
    ['preparationsDone', 'preparing', 'DEPART', {}, {}],
    ['contentMatchesDecision', 'ready', 'DEPART', {}, { digest: 'edited' }],
    ['departureNotInFuture', 'ready', 'DEPART', { departedOn: '2026-03-03' }, {}],
    ['noAmendmentOpen', 'amending', 'REQUEST_AMENDMENT', {}, {}],
    ['noAmendmentOpen', 'amending', 'DEPART', {}, {}],
    ['amendmentInTime', 'ready', 'REQUEST_AMENDMENT', {}, { amendmentLead: 'tooLate' }],
    [
      'amendmentInTime',
      'ready',
      'REQUEST_AMENDMENT',
      { changedFields: ['dates', 'countries'] },
      { amendmentLead: 'tooLate' },
    ],
    ['extensionInTime', 'abroad', 'REQUEST_EXTENSION', {}, { extensionLead: 'tooLate' }],
    ['noAmendmentOpen', 'amendingAbroad', 'EXTENSION_GRANTED', {}, {}],
    ['amendmentNamesChanges', 'amending', 'AMENDMENT_APPROVED', {}, { changedFields: ['members', 'dates'] }],
    ['amendmentNamesChanges', 'amendingAbroad', 'AMENDMENT_APPROVED', {}, { changedFields: ['leader'] }],
    ['amendmentChangesContent', 'amending', 'AMENDMENT_APPROVED', {}, { changedFields: [] }],
    ['amendmentNamesChanges', 'amendingAnew', 'ISSUE_DECISION', {}, { changedFields: ['dates', 'members'] }],
    ['noFurtherLevel', 'amending', 'AMENDMENT_APPROVED', {}, { steps: higher }],
    ['noFurtherLevel', 'amendingAnew', 'ISSUE_DECISION', {}, { steps: higher }],
    ['newDecisionAwaited', 'amendingAbroad', 'ISSUE_DECISION', {}, {}],
    ['noClassifiedContent', 'amending', 'AMENDMENT_APPROVED', {}, { hasClassifiedContent: true }],
    ['noClassifiedContent', 'postponed', 'RESCHEDULE', {}, { hasClassifiedContent: true }],
    ['datesInOrder', 'postponed', 'RESCHEDULE', { departureDate: '2026-07-09' }, {}],
    ['newDatesNotPast', 'postponed', 'RESCHEDULE', { departureDate: '2020-07-01', returnDate: '2020-07-08' }, {}],
    ['returnAfterDeparture', 'abroad', 'RETURN_HOME', { returnedOn: '2026-02-28' }, {}],
    ['laterThanPlannedReturn', 'abroad', 'REQUEST_EXTENSION', { newReturnDate: '2026-06-08' }, {}],
    ['extensionOpen', 'abroad', 'EXTENSION_GRANTED', {}, {}],
  ])('%s, when %s sends %s', (rule, place, type, payload, facts) => {
    expect(new Case().send(...at[place]!).refusal(type, payload, facts)).toEqual([rule]);
  });

  it('asks for clarification before a dossier advised against can be approved', () => {
    const trip = new Case().send(...at.advisedAgainst!, 'RETURN');
    expect(trip.refusal('CLARIFY', {}, { limits: 'exceeded' })).toEqual(['limitsOkOrJustified']);
    expect(trip.send('CLARIFY', 'APPROVE').states).toContain('approval.step');
  });
});
