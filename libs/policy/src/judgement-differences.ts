import type { Text } from '#contracts/text.js';
import type { Finding } from './finding.js';
import type { MissingDocument } from './missing-documents.js';
import type { ApprovalStep } from './profile.js';

/** What two rule sets make of one trip, as far as somebody working on the case would notice. */
export interface Outcome {
  readonly steps: readonly ApprovalStep[];
  readonly findings: readonly Finding[];
  readonly missingDocuments: readonly MissingDocument[];
}

const severityNames: Readonly<Record<Finding['severity'], Text>> = {
  pass: { vi: 'đạt', en: 'in order' },
  note: { vi: 'ghi chú', en: 'a note' },
  warning: { vi: 'cảnh báo', en: 'a warning' },
  block: { vi: 'bị chặn', en: 'blocked' },
};

/** Sentences on what changes: the steps, how hard each rule is, which mandatory documents are asked. Empty: nothing. */
export function judgementDifferences(before: Outcome, after: Outcome): readonly Text[] {
  return [
    ...stepDifferences(before, after),
    ...findingDifferences(before, after),
    ...documentDifferences(before, after),
  ];
}

function stepDifferences(before: Outcome, after: Outcome): Text[] {
  const chain = ({ steps }: Outcome, language: keyof Text) => steps.map(({ name }) => name[language]).join(' → ');
  const shape = ({ steps }: Outcome) =>
    JSON.stringify(
      steps.map(({ id, organisationCode, role, rule }) => [id, organisationCode, role, rule.amount, rule.unit]),
    );
  if (shape(before) === shape(after)) return [];
  if (chain(before, 'vi') === chain(after, 'vi')) {
    return [
      { vi: 'Thời hạn hoặc cơ quan của một bước phê duyệt thay đổi.', en: 'The period or office of a step changes.' },
    ];
  }
  return [
    {
      vi: `Các bước phê duyệt: ${chain(before, 'vi')}; theo quy chế mới: ${chain(after, 'vi')}.`,
      en: `Approval steps: ${chain(before, 'en')}; by the new rules: ${chain(after, 'en')}.`,
    },
  ];
}

function findingDifferences(before: Outcome, after: Outcome): Text[] {
  return after.findings.flatMap((finding) => {
    const old = before.findings.find(({ rule }) => rule === finding.rule);
    if (!old || old.severity === finding.severity) return [];
    const [from, to] = [severityNames[old.severity], severityNames[finding.severity]];
    return [
      {
        vi: `${finding.text.vi} Trước: ${from.vi}; mới: ${to.vi}.`,
        en: `${finding.text.en} Before: ${from.en}; new: ${to.en}.`,
      },
    ];
  });
}

function documentDifferences(before: Outcome, after: Outcome): Text[] {
  const asked = ({ missingDocuments }: Outcome) => missingDocuments.filter(({ severity }) => severity === 'block');
  const added = asked(after).filter(({ kind }) => !asked(before).some((row) => row.kind === kind));
  const dropped = asked(before).filter(({ kind }) => !asked(after).some((row) => row.kind === kind));
  return [
    ...added.map(({ text }) => ({ vi: `Thêm tài liệu phải có: ${text.vi}.`, en: `Asked in addition: ${text.en}.` })),
    ...dropped.map(({ text }) => ({ vi: `Không còn đòi: ${text.vi}.`, en: `No longer asked: ${text.en}.` })),
  ];
}
