import fs from 'node:fs/promises';
import { AppError } from '#contracts/errors.js';
import { policyCheckFile } from '#contracts/policy-check.js';
import { stepDocumentTexts } from '#contracts/rule-profile-kinds.js';
import { ruleProfileJsonSchema } from '#contracts/rule-profile-schema.js';
import type { Text } from '#contracts/text.js';
import { createBusinessCalendar, systemClock, vietnamHolidays } from '#libs/calendar';
import {
  blocksOf,
  type Finding,
  fieldName,
  judgeTrip,
  missingDocuments,
  opinionsFor,
  type ProvinceProfile,
  readProfile,
  routeFor,
  shippedProfiles,
  tripOf,
} from '#libs/policy';
import type { AloneCommand } from '../command.js';
import { requiredOption } from '../command.js';
import { table } from '../table.js';

const text = { type: 'string' } as const;

export const checkPolicy: AloneCommand = {
  alone: true,
  name: 'policy check',
  operands: ['FILE'],
  options: { profile: text },
  usage: '--profile NAME|FILE',
  summary: {
    vi: 'Xét một chuyến đi (tệp JSON) theo quy chế, không cần hệ thống đang chạy; mã thoát 1 khi có điều bị chặn',
    en: 'Judge a trip (a JSON file) by a rule profile, without the system; status 1 when a rule blocks it',
  },
  async run({ operands: [file = ''], options }) {
    const profile = await profileNamed(requiredOption(options, 'profile'));
    const judgement = judge(await readJson(file), profile);
    const blocked = blocksOf(judgement.findings).length > 0;
    return { ok: !blocked, data: judgement, text: describe(judgement) };
  },
};

export const validatePolicy: AloneCommand = {
  alone: true,
  name: 'policy validate',
  operands: ['FILE'],
  summary: {
    vi: 'Kiểm tra một tệp quy chế và nói rõ từng chỗ sai; mã thoát 1 khi có lỗi',
    en: 'Check a rule profile file and explain each problem; status 1 when there is one',
  },
  async run({ operands: [file = ''] }) {
    const { profile, problems } = readProfile(await readJson(file));
    const lines = problems.map((problem) => `✗ ${problem.text.vi}`);
    const sound = `✓ ${profile?.name.vi ?? ''}: không có lỗi.`;
    return { ok: problems.length === 0, data: { problems }, text: problems.length === 0 ? sound : lines.join('\n') };
  },
};

export const policySchema: AloneCommand = {
  alone: true,
  name: 'policy schema',
  summary: {
    vi: 'In lược đồ JSON của tệp quy chế, để trình soạn thảo gợi ý khi sửa',
    en: 'Print the JSON schema of a rule profile file, for an editor to help with',
  },
  run() {
    const schema = ruleProfileJsonSchema(fieldName);
    return Promise.resolve({ ok: true, data: schema, text: JSON.stringify(schema, null, 2) });
  },
};

type Judgement = ReturnType<typeof judge>;

function judge(value: unknown, profile: ProvinceProfile) {
  const parsed = policyCheckFile.safeParse(value);
  if (!parsed.success) {
    const fields = parsed.error.issues.slice(0, 50).map((issue) => ({
      path: issue.path.map(String).join('.'),
      text: { vi: `Sai hoặc thiếu (${issue.message}).`, en: `Wrong or missing (${issue.message}).` },
    }));
    throw new AppError('VALIDATION_FAILED', { fields });
  }
  const { proposal, inPlan, caseCode, documents, history, restrictions, others, submittedAt } = parsed.data;
  const rankOf = new Map(proposal.members.map((member) => [member, member.rank]));
  const trip = tripOf({
    proposal,
    planItemId: inPlan ? 'plan' : null,
    caseCode,
    documentNumbers: documents.map(({ number }) => number).filter((number) => number !== null),
    rankOf: (member) => ({ rank: rankOf.get(member as (typeof proposal.members)[number]) ?? null }),
  });
  const calendar = createBusinessCalendar(vietnamHolidays);
  const now = submittedAt === undefined ? systemClock.now() : new Date(submittedAt);
  const { id, name, highestRank, steps } = routeFor(trip, profile);
  return {
    profile: { id: profile.id, version: profile.version, name: profile.name },
    submittedAt: now.toISOString(),
    route: { id, name, highestRank, steps },
    findings: judgeTrip({ trip, profile, calendar, history, restrictions, others, now }),
    missingDocuments: missingDocuments(
      trip,
      documents.map(({ kind }) => kind),
      profile,
    ),
    opinions: opinionsFor(trip, profile),
  };
}

/** A shipped profile by its name, or any by its file. Throws NOT_FOUND, FILE_REJECTED, VALIDATION_FAILED. */
async function profileNamed(name: string): Promise<ProvinceProfile> {
  const shipped = shippedProfiles.find(({ id }) => id === name);
  if (shipped) return shipped;
  if (!name.endsWith('.json')) {
    const known = shippedProfiles.map(({ id }) => id).join(', ');
    throw new AppError('NOT_FOUND', {
      text: {
        vi: `Không có quy chế tên ${name}. Có sẵn: ${known}; hoặc ghi tên một tệp .json.`,
        en: `There is no profile named ${name}. Shipped: ${known}; or name a .json file.`,
      },
    });
  }
  const { profile, problems } = readProfile(await readJson(name));
  if (profile === null) throw new AppError('VALIDATION_FAILED', { fields: problems });
  return profile;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8'));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    const sentence: Text = {
      vi: `Không đọc được tệp ${file} dưới dạng JSON (${reason}).`,
      en: `The file ${file} cannot be read as JSON (${reason}).`,
    };
    throw new AppError('FILE_REJECTED', { text: sentence }, { cause: error });
  }
}

const marks = { pass: '✓', note: '·', warning: '!', block: '✗' } as const;

function ground({ source, reference }: Pick<Finding, 'source' | 'reference'>): string {
  return source ?? (reference === null ? 'giả định' : `giả định, tham khảo ${reference}`);
}

function describe({ profile, route, findings, missingDocuments: missing, opinions }: Judgement): string {
  const head = `${profile.name.vi}, phiên bản ${profile.version}\nTuyến: ${route.name.vi}`;
  const steps = route.steps.map(({ name, organisationCode, records, whenNotRecorded }, at) => [
    at + 1,
    name.vi,
    organisationCode,
    `${records.map((type) => stepDocumentTexts[type].vi).join(' hoặc ')}${whenNotRecorded === 'block' ? ' (bắt buộc)' : ''}`,
  ]);
  const asked = opinions.map(({ organisationCode, subject, required, inWriting }) => [
    required ? marks.block : marks.note,
    organisationCode,
    `${subject.vi}${inWriting ? ', bằng văn bản' : ''}`,
  ]);
  const rows = findings.map((finding) => [marks[finding.severity], finding.text.vi, ground(finding)]);
  const lacking = missing.map(({ severity, text: what }) => [marks[severity], what.vi]);
  return [
    head,
    table(['', 'Bước', 'Cơ quan', 'Văn bản phải ghi'], steps),
    ...(asked.length === 0 ? [] : [table(['', 'Lấy ý kiến', 'Nội dung'], asked)]),
    table(['', 'Xét theo quy chế', 'Căn cứ'], rows),
    ...(lacking.length === 0 ? [] : [table(['', 'Hồ sơ còn thiếu'], lacking)]),
  ].join('\n\n');
}
