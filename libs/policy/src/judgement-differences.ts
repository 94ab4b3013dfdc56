import { stepDocumentTexts } from '#contracts/rule-profile-kinds.js';
import type { Text } from '#contracts/text.js';
import type { DeadlineRule } from '#libs/calendar';
import { ruleUnder } from './clock-rules.js';
import type { Finding } from './finding.js';
import { ladderOffices } from './ladder-offices.js';
import type { MissingDocument } from './missing-documents.js';
import type { ApprovalStep, LadderRecipient, OpinionRow, ProvinceProfile } from './profile.js';
import { opinionsFor } from './route.js';
import { conditionHolds, type Trip } from './trip.js';

/** What a rule set makes of one trip, as far as somebody working on the case would notice. */
export interface Outcome {
  readonly steps: readonly StepOutcome[];
  readonly opinions: readonly OpinionRow[];
  readonly findings: readonly Finding[];
  readonly missingDocuments: readonly MissingDocument[];
}

/** A level of the route as a case would get it. */
interface StepOutcome extends Pick<ApprovalStep, 'id' | 'name' | 'records' | 'whenNotRecorded'> {
  readonly office: string;
  readonly rule: DeadlineRule;
  readonly reminders: string;
}

export function outcomeOf(given: {
  trip: Trip;
  profile: ProvinceProfile;
  findings: readonly Finding[];
  missingDocuments: readonly MissingDocument[];
}): Outcome {
  const { trip, profile, findings, missingDocuments } = given;
  return {
    steps: stepsOf(trip, profile),
    opinions: trip.handledOutside ? [] : opinionsFor(trip, profile),
    findings,
    missingDocuments,
  };
}

/** A draft may be of a kind the rules have no route for yet: no steps. */
function stepsOf(trip: Trip, profile: ProvinceProfile): readonly StepOutcome[] {
  const route = profile.routes.find(({ when }) => conditionHolds(trip, when));
  const ladder = profile.deadlines.approvalDeadline?.ladder ?? [];
  const office = (to: LadderRecipient): string => {
    const place = to in ladderOffices ? ladderOffices[to as keyof typeof ladderOffices][1] : 'unit';
    return place === 'unit' ? to : `${to} ${profile[place]}`;
  };
  const reminders = JSON.stringify(ladder.map((step) => ({ ...step, to: step.to.map(office) })));
  return (route?.steps ?? []).map(({ id, name, organisationCode, role, rule, records, whenNotRecorded }) => ({
    ...{ id, name, records, whenNotRecorded, reminders },
    office: `${organisationCode} ${role}`,
    rule: { ...ruleUnder(profile, rule), source: null },
  }));
}

const severityNames: Readonly<Record<Finding['severity'], Text>> = {
  pass: { vi: 'đạt', en: 'in order' },
  note: { vi: 'ghi chú', en: 'a note' },
  warning: { vi: 'cảnh báo', en: 'a warning' },
  block: { vi: 'bị chặn', en: 'blocked' },
};

/** Sentences on what changes, part by part. Empty: nothing. */
export function judgementDifferences(before: Outcome, after: Outcome): readonly Text[] {
  return [
    ...stepDifferences(before, after),
    ...opinionDifferences(before, after),
    ...findingDifferences(before, after),
    ...documentDifferences(before, after),
  ];
}

function stepDifferences(before: Outcome, after: Outcome): Text[] {
  const chain = ({ steps }: Outcome, language: keyof Text) => steps.map(({ name }) => name[language]).join(' → ');
  const ids = ({ steps }: Outcome) => steps.map(({ id }) => id).join(' ');
  if (ids(before) !== ids(after)) {
    return [
      {
        vi: `Các bước phê duyệt: ${chain(before, 'vi')}; theo quy chế mới: ${chain(after, 'vi')}.`,
        en: `Approval steps: ${chain(before, 'en')}; by the new rules: ${chain(after, 'en')}.`,
      },
    ];
  }
  return after.steps.flatMap((step, at) => changesOfStep(before.steps[at]!, step));
}

function changesOfStep(before: StepOutcome, after: StepOutcome): Text[] {
  const changed = (part: keyof StepOutcome) => JSON.stringify(before[part]) !== JSON.stringify(after[part]);
  const said = (vi: string, en: string): Text => ({ vi: `${after.name.vi}: ${vi}.`, en: `${after.name.en}: ${en}.` });
  const types = ({ records }: StepOutcome, language: keyof Text) =>
    records.map((type) => stepDocumentTexts[type][language]).join(', ');
  return [
    ...(changed('office') ? [said('cơ quan hoặc vai trò xử lý thay đổi', 'another office or role decides')] : []),
    ...(changed('rule') ? [said(periods(before.rule, after.rule, 'vi'), periods(before.rule, after.rule, 'en'))] : []),
    ...(changed('records')
      ? [
          said(
            `văn bản phải ghi là ${types(before, 'vi')}; mới: ${types(after, 'vi')}`,
            `to be recorded is ${types(before, 'en')}; new: ${types(after, 'en')}`,
          ),
        ]
      : []),
    ...(changed('whenNotRecorded')
      ? [
          after.whenNotRecorded === 'block'
            ? said('không đồng ý được khi thiếu văn bản phải ghi', 'no approval without the document')
            : said('thiếu văn bản phải ghi thì chỉ cảnh báo', 'a missing document only warns'),
        ]
      : []),
    ...(changed('reminders') ? [said('lịch nhắc việc thay đổi', 'the reminders change')] : []),
  ];
}

const units: Readonly<Record<DeadlineRule['unit'], Text>> = {
  halfWorkingDay: { vi: 'nửa ngày làm việc', en: 'half working days' },
  workingDay: { vi: 'ngày làm việc', en: 'working days' },
  calendarDay: { vi: 'ngày', en: 'days' },
};

function periods(before: DeadlineRule, after: DeadlineRule, language: keyof Text): string {
  const [from, to] = [before, after].map(({ amount, unit }) => `${amount} ${units[unit][language]}`);
  if (from === to) return language === 'vi' ? 'cách tính thời hạn thay đổi' : 'the period is counted otherwise';
  return language === 'vi' ? `thời hạn ${from}; mới: ${to}` : `the period is ${from}; new: ${to}`;
}

function opinionDifferences(before: Outcome, after: Outcome): Text[] {
  const find = (rows: readonly OpinionRow[], { organisationCode }: OpinionRow) =>
    rows.find((one) => one.organisationCode === organisationCode);
  const said = (row: OpinionRow, vi: string, en: string): Text => ({
    vi: `${vi}: ${row.subject.vi} (${row.organisationCode}).`,
    en: `${en}: ${row.subject.en} (${row.organisationCode}).`,
  });
  return [
    ...after.opinions.flatMap((row) => {
      const old = find(before.opinions, row);
      if (!old) return [said(row, 'Thêm cơ quan được hỏi ý kiến', 'Asked for an opinion in addition')];
      return [
        ...(old.required === row.required
          ? []
          : row.required
            ? [said(row, 'Ý kiến trở thành bắt buộc', 'The opinion becomes mandatory')]
            : [said(row, 'Ý kiến không còn bắt buộc', 'The opinion is no longer mandatory')]),
        ...(old.inWriting === row.inWriting
          ? []
          : row.inWriting
            ? [said(row, 'Phải trả lời bằng văn bản', 'To be answered in writing')]
            : [said(row, 'Không cần trả lời bằng văn bản', 'No longer to be answered in writing')]),
      ];
    }),
    ...before.opinions
      .filter((row) => !find(after.opinions, row))
      .map((row) => said(row, 'Không còn hỏi ý kiến', 'No longer asked for an opinion')),
  ];
}

/** Another severity; or as hard as before and measured by another number. */
function findingDifferences(before: Outcome, after: Outcome): Text[] {
  return after.findings.flatMap((finding) => {
    const old = before.findings.find(({ rule }) => rule === finding.rule);
    const isSame = old?.severity === finding.severity;
    if (!old || (isSame && (finding.severity === 'pass' || measures(old) === measures(finding)))) return [];
    const [from, to] = [severityNames[old.severity], severityNames[finding.severity]];
    return [
      isSame
        ? { vi: `${finding.text.vi} Trước: ${old.text.vi}`, en: `${finding.text.en} Before: ${old.text.en}` }
        : {
            vi: `${finding.text.vi} Trước: ${from.vi}; mới: ${to.vi}.`,
            en: `${finding.text.en} Before: ${from.en}; new: ${to.en}.`,
          },
    ];
  });
}

/** The name a pause goes by is none of its measures. */
const measures = ({ values: { pauses, ...values } }: Finding) => JSON.stringify(values);

function documentDifferences(before: Outcome, after: Outcome): Text[] {
  const changed = after.missingDocuments.flatMap(({ kind, severity, text }) => {
    const old = before.missingDocuments.find((row) => row.kind === kind);
    if (old?.severity === severity) return [];
    const [from, to] = [severityNames[old?.severity ?? 'pass'], severityNames[severity]];
    return [
      old
        ? {
            vi: `Thiếu ${text.vi}. Trước: ${from.vi}; mới: ${to.vi}.`,
            en: `Missing: ${text.en}. Before: ${from.en}; new: ${to.en}.`,
          }
        : {
            vi: `Thêm tài liệu phải có: ${text.vi} (${to.vi}).`,
            en: `Asked in addition: ${text.en} (${to.en}).`,
          },
    ];
  });
  const dropped = before.missingDocuments.filter(
    ({ kind }) => !after.missingDocuments.some((row) => row.kind === kind),
  );
  return [
    ...changed,
    ...dropped.map(({ text }) => ({ vi: `Không còn đòi: ${text.vi}.`, en: `No longer asked: ${text.en}.` })),
  ];
}
