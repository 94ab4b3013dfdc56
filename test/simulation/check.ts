import { dayOf } from '#libs/calendar';
import { delegationMails } from '#libs/delegation';
import { type CalendarAt, type CaseHistory, type ExpectedStep, type Visit, visitsOf } from './expected.js';
import type { AcceptedMail } from './mail-server.js';

export interface MessageRow {
  readonly id: string;
  readonly instanceId: string;
  readonly template: string;
  /** Whom it is for: a person, or the office of a leader. */
  readonly personId: string | null;
  /** Of a reminder: when its deadline was set, which deadline, which step. Null for any other message. */
  readonly armedSeq: number | null;
  readonly deadline: string | null;
  readonly step: string | null;
  /** Steps before it that passed while nobody was at work: this message stands for them too. */
  readonly missed: readonly string[] | null;
  /** It says, alone or beside a reminder, that the due date is another one. */
  readonly tellsMove: boolean;
  readonly createdAt: Date;
}

export interface MailRow {
  readonly id: string;
  /** Null: the digest of a morning. */
  readonly outboxMessageId: string | null;
  readonly messageId: string;
  readonly template: string;
  readonly status: string;
  readonly suppressedReason: string | null;
  readonly lastResponse: string | null;
}

export interface SimulatedMail extends MailRow {
  readonly personId: string | null;
  readonly createdAt: Date;
  readonly inDigest: boolean;
  readonly digestMailId: string | null;
}

/** Everything a run left behind. */
export interface Evidence {
  readonly cases: readonly CaseHistory[];
  readonly messages: readonly MessageRow[];
  readonly mails: readonly SimulatedMail[];
  /** Who stood in for the leader of an office, and on which days. */
  readonly absences: readonly {
    readonly office: string;
    readonly substituteId: string;
    readonly firstDay: string;
    readonly lastDay: string;
    readonly createdAt: Date;
  }[];
  /** Null: that is no office. */
  readonly leaderOf: (office: string) => string | null;
  readonly accepted: readonly AcceptedMail[];
  /** Instants at which every worker had done everything that was due, ascending. */
  readonly settled: readonly Date[];
  /** The calendar that was known at an instant. */
  readonly calendarAt: CalendarAt;
  /** Message-IDs an operator sent again on purpose, once for each time. */
  readonly resent: readonly string[];
}

/**
 * The promises of the product about its mail, each as a sentence that names the row which breaks it. Empty: all were kept.
 * What was due is worked out from the event log (expected.ts), what was received from the mail server; the tables between
 * them are what is judged.
 */
export function brokenPromises(evidence: Evidence): string[] {
  const visits = evidence.cases.flatMap((history) => visitsOf(history, evidence));
  return [
    ...remindersLost(evidence, visits),
    ...remindersUncalledFor(evidence, visits),
    ...remindersAtOnce(evidence),
    ...movesUntold(evidence, visits),
    ...movesToldTwice(evidence, visits),
    ...deadlinesLost(evidence, visits),
    ...messagesWithoutMail(evidence),
    ...fates(evidence),
    ...receivedTwice(evidence),
    ...receivedOutsideHours(evidence),
    ...toldWrongPerson(evidence),
    ...digestsOwed(evidence),
    ...digestsOfOneDay(evidence),
  ];
}

const keyOf = (visit: Pick<Visit, 'instanceId' | 'deadline' | 'armedSeq'>, step: string, personId: string) =>
  [visit.instanceId, visit.deadline, visit.armedSeq, step, personId].join(' ');

/** The steps a reminder stands for, each as a key with its person; none for any other message. */
function coveredKeys(message: MessageRow): string[] {
  const { instanceId, deadline, armedSeq, step, personId, missed } = message;
  if (deadline === null || armedSeq === null || step === null || personId === null) return [];
  return [...(missed ?? []), step].map((key) => keyOf({ instanceId, deadline, armedSeq }, key, personId));
}

/** The first instant at which everybody had finished and the reminder should have been out, or null when there was none. */
function calledForAt(visit: Visit, step: ExpectedStep, { settled, calendarAt }: Evidence): Date | null {
  const found = settled.find((at) => at >= step.at && at >= step.setAt && calendarAt(at).isWorkingTime(at));
  return found && (visit.leftAt === null || found < visit.leftAt) ? found : null;
}

function remindersLost(evidence: Evidence, visits: readonly Visit[]): string[] {
  const written = new Map(
    evidence.messages.flatMap((message) => coveredKeys(message).map((key) => [key, message] as const)),
  );
  const before = saidBefore(evidence);
  return visits.flatMap((visit) => {
    const wasSaid = before(visit).size > 0;
    return visit.steps.flatMap((step) => {
      const by = calledForAt(visit, step, evidence);
      if (by === null || (wasSaid && step.owedSince !== undefined)) return [];
      return step.people.flatMap((personId) => {
        const key = keyOf(visit, step.key, personId);
        const message = written.get(key);
        if (!message) return [`reminder lost: ${key}, due ${iso(step.at)}, all had settled at ${iso(by)}`];
        return message.createdAt > by ? [`reminder late: ${key}, ${iso(message.createdAt)} after ${iso(by)}`] : [];
      });
    });
  });
}

/**
 * Of the steps a deadline owed when it moved, those that were said before all the same, under its earlier date: a worker may have written
 * them down without everybody having settled. Then nothing was owed.
 */
function saidBefore({ messages }: Evidence): (visit: Visit) => ReadonlySet<string> {
  const said = new Set(messages.flatMap((message) => coveredKeys({ ...message, personId: 'anybody' })));
  return (visit) =>
    new Set(
      visit.steps.flatMap(({ key, owedSince }) =>
        owedSince !== undefined && said.has(keyOf({ ...visit, armedSeq: owedSince }, key, 'anybody')) ? [key] : [],
      ),
    );
}

/** Doubled, early, outside working hours, not for that person, or about something that was over. */
function remindersUncalledFor(evidence: Evidence, visits: readonly Visit[]): string[] {
  const calls = new Map<string, { visit: Visit; step: ExpectedStep }>();
  const visitOf = new Map<string, Visit>();
  for (const visit of visits) {
    visitOf.set([visit.instanceId, visit.armedSeq, visit.deadline].join(' '), visit);
    for (const step of visit.steps)
      for (const personId of step.people) calls.set(keyOf(visit, step.key, personId), { visit, step });
  }
  const before = saidBefore(evidence);
  const seen = new Set<string>();
  return evidence.messages.flatMap((message) => {
    const keys = coveredKeys(message);
    if (keys.length === 0) return [];
    const own = keys.filter((key) => calls.has(key));
    const what = keys.at(-1)!;
    const visit = visitOf.get([message.instanceId, message.armedSeq, message.deadline].join(' '));
    if (!visit || own.length === 0) return [`reminder nobody asked for: ${what}`];
    const wrong: string[] = [];
    for (const key of own) {
      if (seen.has(key)) wrong.push(`reminder written twice: ${key}`);
      seen.add(key);
    }
    const again = [...(message.missed ?? []), message.step].filter((key) => key !== null && before(visit).has(key));
    if (again.length === keys.length) wrong.push(`reminder written twice: ${what}, once for the earlier date`);
    // A person told of the last step only because of one before it is told of what has come, never of what is to come.
    const covered = new Set([...(message.missed ?? []), message.step]);
    const early = visit.steps.find((step) => covered.has(step.key) && step.at > message.createdAt);
    if (early) wrong.push(`reminder early: ${what}, due ${iso(early.at)}`);
    if (visit.leftAt && message.createdAt > visit.leftAt) wrong.push(`reminder of a state left: ${what}`);
    if (!evidence.calendarAt(message.createdAt).isWorkingTime(message.createdAt))
      wrong.push(`reminder outside working hours: ${what}, ${iso(message.createdAt)}`);
    return wrong;
  });
}

/** After an outage one mail about a deadline, not the whole ladder at once. */
function remindersAtOnce({ messages }: Evidence): string[] {
  const seen = new Set<string>();
  return messages.flatMap((message) => {
    if (message.deadline === null || message.armedSeq === null) return [];
    const { instanceId, deadline, armedSeq, personId, createdAt } = message;
    const key = [instanceId, deadline, armedSeq, personId, iso(createdAt)].join(' ');
    if (seen.has(key)) return [`two reminders of one deadline at once: ${key}`];
    seen.add(key);
    return [];
  });
}

const isAbout = (visit: Visit, message: MessageRow) =>
  message.instanceId === visit.instanceId &&
  message.deadline === visit.deadline &&
  message.personId === visit.assigneeId;

/** Whoever holds the task hears that its due date is another one. */
function movesUntold({ messages, settled, calendarAt }: Evidence, visits: readonly Visit[]): string[] {
  return visits.flatMap((visit) =>
    visit.movedAt.flatMap((at) => {
      const by = settled.find((one) => one >= at && calendarAt(one).isWorkingTime(one));
      if (!by || (visit.leftAt !== null && visit.leftAt <= by)) return [];
      const isTold = messages.some(
        (message) => message.tellsMove && message.createdAt >= at && isAbout(visit, message),
      );
      return isTold ? [] : [`move untold: ${visit.instanceId} ${visit.deadline}, moved at ${iso(at)}`];
    }),
  );
}

/** Not by a mail of its own when a reminder goes to the same person as soon: that one says both. */
function movesToldTwice({ messages, calendarAt }: Evidence, visits: readonly Visit[]): string[] {
  return visits.flatMap((visit) =>
    visit.movedAt.flatMap((at) => {
      const ours = messages.filter((message) => message.createdAt >= at && isAbout(visit, message));
      if (!ours.some(({ step, createdAt }) => step === null && createdAt.getTime() === at.getTime())) return [];
      const goes = calendarAt(at).nextWorkingInstant(at);
      // A step that a later change of the calendar put there was not as soon when this was told.
      const asSoon = new Set(visit.steps.flatMap((step) => (step.at <= goes && step.setAt <= at ? [step.key] : [])));
      const reminder = ours.find(
        ({ step, missed, armedSeq }) =>
          armedSeq === visit.armedSeq && [step, ...(missed ?? [])].some((key) => key !== null && asSoon.has(key)),
      );
      return reminder
        ? [`two mails about one deadline: ${visit.instanceId} ${visit.deadline}, moved at ${iso(at)}`]
        : [];
    }),
  );
}

function deadlinesLost({ settled, cases }: Evidence, visits: readonly Visit[]): string[] {
  const refuses = new Set(cases.filter(({ mayLapse }) => !mayLapse).map(({ instanceId }) => instanceId));
  return visits.flatMap((visit) => {
    const { instanceId, deadline, armedSeq, due, dueSetAt, firedAt, leftAt } = visit;
    const what = `${instanceId} ${deadline} ${armedSeq}`;
    if (firedAt) return firedAt < due ? [`deadline early: ${what}`] : [];
    if (deadline === 'decisionDeadline' && refuses.has(instanceId)) return [];
    const by = settled.find((at) => at >= due && at >= dueSetAt);
    return by && (leftAt === null || by < leftAt) ? [`deadline lost: ${what}, due ${iso(due)}`] : [];
  });
}

function messagesWithoutMail({ messages, mails }: Evidence): string[] {
  const relayed = new Set(mails.map(({ outboxMessageId }) => outboxMessageId));
  return messages.filter(({ id }) => !relayed.has(id)).map(({ id, template }) => `message lost: ${template} ${id}`);
}

/** What the ledger says of each mail against what the receiver got. */
export function fates({
  mails,
  accepted,
  resent,
}: Pick<Evidence, 'accepted' | 'resent'> & { readonly mails: readonly MailRow[] }): string[] {
  const taken = new Map<string, number>();
  for (const { messageId } of accepted) taken.set(messageId, (taken.get(messageId) ?? 0) + 1);
  const known = new Set(mails.map(({ messageId }) => messageId));
  const strangers = [...taken.keys()].filter((id) => !known.has(id)).map((id) => `received, not in the ledger: ${id}`);
  return [
    ...strangers,
    ...mails.flatMap(({ messageId, status, template, suppressedReason, lastResponse }) => {
      const times = taken.get(messageId) ?? 0;
      const allowed = 1 + resent.filter((id) => id === messageId).length;
      const what = `${template} ${messageId}`;
      if (times > allowed) return [`received ${times} times: ${what}`];
      if (status === 'sent' && times === 0) return [`sent, never received: ${what}`];
      // An operator sent it again after it had arrived unnoticed; that second sending may end otherwise.
      if (['failed', 'suppressed'].includes(status) && times >= allowed) return [`${status}, yet received: ${what}`];
      if (status === 'failed' && !lastResponse) return [`failed without the answer: ${what}`];
      if (status === 'suppressed' && !suppressedReason) return [`suppressed without a reason: ${what}`];
      return ['sent', 'failed', 'suppressed', 'uncertain'].includes(status) ? [] : [`left in ${status}: ${what}`];
    }),
  ];
}

/** One person, one step, one mail, whatever rows it came from. */
function receivedTwice({ messages, mails, accepted, resent }: Evidence): string[] {
  const messageOf = new Map(messages.map((message) => [message.id, message]));
  const keysOfMail = new Map(
    mails.map(({ messageId, outboxMessageId }) => {
      const message = outboxMessageId === null ? undefined : messageOf.get(outboxMessageId);
      return [messageId, message ? coveredKeys(message) : []];
    }),
  );
  const seen = new Set<string>();
  return accepted.flatMap(({ messageId }) => {
    if (resent.includes(messageId)) return [];
    return (keysOfMail.get(messageId) ?? []).flatMap((key) => {
      if (seen.has(key)) return [`reminder received twice: ${key}`];
      seen.add(key);
      return [];
    });
  });
}

function receivedOutsideHours({ accepted, mails, calendarAt }: Evidence): string[] {
  const templateOf = new Map(mails.map(({ messageId, template }) => [messageId, template]));
  return accepted
    .filter(
      ({ messageId, at }) =>
        !calendarAt(at).isWorkingTime(at) && !delegationMails.isUrgent(templateOf.get(messageId) ?? ''),
    )
    .map(({ messageId, at }) => `received outside working hours: ${messageId}, ${iso(at)}`);
}

/** Whoever stood in on the day the mail was planned, and nobody else. */
function toldWrongPerson({ messages, mails, absences, leaderOf }: Evidence): string[] {
  const messageOf = new Map(messages.map((message) => [message.id, message]));
  return mails.flatMap(({ messageId, outboxMessageId, personId, createdAt }) => {
    const recipient = outboxMessageId === null ? null : (messageOf.get(outboxMessageId)?.personId ?? null);
    if (recipient === null) return [];
    const leader = leaderOf(recipient);
    // A person may have left; an office always has a leader.
    if (leader === null && personId === null) return [];
    const day = dayOf(createdAt);
    const absence = absences.find(
      (one) => one.office === recipient && one.createdAt <= createdAt && one.firstDay <= day && day <= one.lastDay,
    );
    const reader = leader === null ? recipient : (absence?.substituteId ?? leader);
    return personId === reader ? [] : [`told the wrong person: ${messageId}, ${personId} instead of ${reader}`];
  });
}

/** What waited for a digest is told by one that left, or did not need to be told any more. */
function digestsOwed({ mails }: Evidence): string[] {
  const known = new Map(mails.map((mail) => [mail.id, mail]));
  return mails.flatMap(({ messageId, suppressedReason, personId, digestMailId }) => {
    if (suppressedReason !== 'inDigest') return [];
    const digest = digestMailId === null ? undefined : known.get(digestMailId);
    if (!digest || digest.personId !== personId) return [`no digest tells of ${messageId}`];
    return digest.status === 'suppressed' ? [`told in a digest that was not sent: ${messageId}`] : [];
  });
}

function digestsOfOneDay({ mails }: Evidence): string[] {
  const seen = new Set<string>();
  return mails.flatMap(({ template, personId, createdAt }) => {
    if (template !== 'digest') return [];
    const key = `${personId} ${dayOf(createdAt)}`;
    if (seen.has(key)) return [`two digests of one morning: ${key}`];
    seen.add(key);
    return [];
  });
}

function iso(at: Date): string {
  return at.toISOString();
}
