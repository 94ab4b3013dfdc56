// What scripts/profiles.mjs writes, from the profiles themselves.
const folder = 'libs/policy/profiles';
const schemaName = 'rule-profile.schema.json';

/** Path from the root of the repository -> text. */
export function profileFiles(policy) {
  const { shippedProfiles, ruleProfileJsonSchema, fieldName } = policy;
  const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
  return {
    [`${folder}/${schemaName}`]: json(ruleProfileJsonSchema(fieldName)),
    ...Object.fromEntries(
      shippedProfiles.map((profile) => [
        `${folder}/${profile.id}.json`,
        json({ $schema: `./${schemaName}`, ...profile }),
      ]),
    ),
    'docs/rule-profiles.md': describe(policy),
  };
}

const ministryOrders = {
  beforeApproval: 'có trước khi Tỉnh ủy phê duyệt',
  beforeIssue: 'có trước khi ban hành',
  notAwaited: 'không phải chờ',
};
const units = { workingDay: 'ngày làm việc', halfWorkingDay: 'buổi làm việc', calendarDay: 'ngày' };

function describe({ shippedProfiles, ...names }) {
  const lines = [
    '# Rule profiles',
    '',
    'Generated from `libs/policy` by `node scripts/profiles.mjs`; do not edit. A profile is a JSON file (`libs/policy/profiles/*.json`, schema `rule-profile.schema.json`). Every number carries its source or is **giả định** (an assumption), with the document it follows where there is one. No number here is law for a province until the province says so; it edits its own version on the page *Quy chế*.',
    '',
  ];
  for (const profile of shippedProfiles) lines.push(...describeProfile(profile, names));
  return `${lines.join('\n')}\n`;
}

function describeProfile(profile, { fieldName, deadlineTexts, stepDocumentTexts }) {
  const deadlines = Object.entries(profile.deadlines).filter(([, row]) => row !== null && row.rule.amount > 0);
  return [
    `## ${profile.name.vi}`,
    '',
    `\`${profile.id}\`, phiên bản ${profile.version}, hiệu lực từ ${profile.validFrom}. Cơ quan đầu mối: ${profile.focalOrganisationCode}.`,
    '',
    `Văn bản của Bộ Ngoại giao về kế hoạch năm: ${ministryOrders[profile.annualPlan.ministryLetter.value]} (${ground(profile.annualPlan.ministryLetter)}).`,
    '',
    '| Tuyến | Các bước | Căn cứ |',
    '|---|---|---|',
    ...profile.routes.map(
      (route) =>
        `| ${route.name.vi} | ${route.steps.map((step) => stepText(step, stepDocumentTexts)).join(' → ')} | ${ground(route)} |`,
    ),
    '',
    '| Giới hạn | Mức | Khi vượt | Căn cứ |',
    '|---|---|---|---|',
    ...Object.entries(profile.limits).flatMap(([name, rows]) =>
      rows.map(
        (row) =>
          `| ${fieldName(name).vi}${conditionText(row.when)} | ${row.value}${row.per === 'country' ? ' mỗi nước' : ''}${row.ceiling ? `, trần ${row.ceiling.value}` : ''} | ${row.severity} → ${row.whenJustified} | ${ground(row)} |`,
      ),
    ),
    '',
    '| Thời hạn | Số | Căn cứ |',
    '|---|---|---|',
    ...deadlines.map(
      ([name, row]) =>
        `| ${deadlineTexts[name].vi} | ${row.rule.amount} ${units[row.rule.unit]}${row.rule.direction === 'before' ? ' trước' : ''} | ${ground({ source: row.rule.source, reference: row.reference })} |`,
    ),
    ...Object.entries(profile.leadTimes).map(
      ([name, row]) =>
        `| ${fieldName(name).vi} | ${row.rule.amount} ${units[row.rule.unit]} trước | ${ground({ source: row.rule.source, reference: row.reference })} |`,
    ),
    ...otherPeriodRows(profile, fieldName),
    '',
    '| Việc hằng năm | Ngày | Nhắc (ngày so với hạn) | Căn cứ |',
    '|---|---|---|---|',
    ...profile.planReminders.yearly.map(
      (row) => `| ${row.name.vi} | ${row.on} | ${row.remindDays.join(', ')} | ${ground(row)} |`,
    ),
    `| ${fieldName('itemWithoutDossier').vi} | đầu kỳ | ${profile.planReminders.itemWithoutDossier.daysBefore.map((days) => -days).join(', ')} | ${ground(profile.planReminders.itemWithoutDossier)} |`,
    '',
    '| Quy định khác | Khi vi phạm | Căn cứ |',
    '|---|---|---|',
    ...['outOfPlan', 'planPeriod', 'enterprisePaid', 'studyOnBudget', 'unfinishedDuties', 'overlap', 'duplicates'].map(
      (name) =>
        `| ${fieldName(name).vi}${name === 'duplicates' ? ` (${profile.duplicates.months} tháng)` : ''} | ${profile[name].severity} → ${profile[name].whenJustified} | ${ground(profile[name])} |`,
    ),
    ...Object.entries(profile.eligibility).map(
      ([kind, row]) => `| ${fieldName(kind).vi} | ${row.severity} | ${ground(row)} |`,
    ),
    '',
    '| Lấy ý kiến | Khi | Mức | Căn cứ |',
    '|---|---|---|---|',
    ...profile.opinions.map(
      (row) =>
        `| ${row.organisationCode}: ${row.subject.vi} | ${conditionText(row.when) || ' mọi đoàn'} | ${row.required ? 'bắt buộc' : 'khi cần'}${row.inWriting ? ', bằng văn bản' : ''} | ${ground(row)} |`,
    ),
    '',
    '| Hồ sơ | Khi | Mức | Căn cứ |',
    '|---|---|---|---|',
    ...profile.dossierChecklist.map(
      (row) => `| ${row.name.vi} | ${conditionText(row.when) || ' mọi đoàn'} | ${row.severity} | ${ground(row)} |`,
    ),
    '',
  ];
}

function otherPeriodRows({ periodicReports, otherPeriods }, fieldName) {
  const row = (name, rule, reference) =>
    `| ${name} | ${rule.amount} ${units[rule.unit]}${rule.direction === 'before' ? ' trước' : ''} | ${ground({ source: rule.source, reference })} |`;
  return [
    ...Object.entries(periodicReports).map(([name, rule]) =>
      row(`${fieldName('periodicReports').vi}: ${fieldName(name).vi}`, rule),
    ),
    ...otherPeriods.map(({ name, rule, reference }) => row(name.vi, rule, reference)),
  ];
}

function stepText({ name, rule, records, whenNotRecorded }, stepDocumentTexts) {
  const types = records.map((type) => stepDocumentTexts[type].vi.toLowerCase()).join(' hoặc ');
  const documents = `ghi ${types}${whenNotRecorded === 'block' ? ', bắt buộc' : ''}`;
  return `${name.vi} (${rule.amount} ${units[rule.unit]}${rule.source === null ? ', giả định' : ''}; ${documents})`;
}

function conditionText(when) {
  const parts = Object.entries(when).map(([field, value]) => `${field}: ${[value].flat().join(', ')}`);
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

function ground({ source, reference }) {
  if (source !== null) return source;
  return reference === undefined ? '**giả định**' : `**giả định**, tham khảo: ${reference}`;
}
