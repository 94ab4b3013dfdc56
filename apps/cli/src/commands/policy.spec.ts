import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../run-cli.js';
import { commands } from './index.js';

const trip = {
  inPlan: true,
  submittedAt: '2026-03-02T09:00:00+07:00',
  proposal: {
    delegationName: 'Đoàn xúc tiến đầu tư',
    members: [
      { personId: 'p1', fullName: 'Trưởng đoàn', rank: 'standingCommitteeManaged', role: 'leader' },
      { personId: 'p2', fullName: 'Thành viên', rank: 'unitManaged' },
    ],
    countries: [{ code: 'JP', name: 'Nhật Bản' }],
    departureDate: '2026-04-06',
    returnDate: '2026-04-09',
    noStateSecrets: true,
  },
  documents: [{ kind: 'proposalLetter', number: '12/TTr-SKHĐT' }],
};

describe('policy on the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'policy-'));
  });
  afterAll(() => fs.rm(folder, { recursive: true }));

  const call = async (...argv: string[]) => {
    const said = { out: '', err: '' };
    const status = await runCli(argv, {
      commands,
      openHouse: () => Promise.reject(new Error('needs no house')),
      output: { out: (text) => (said.out += text), err: (text) => (said.err += text) },
    });
    return { status, ...said };
  };
  const file = async (value: unknown) => {
    const name = path.join(folder, 'trip.json');
    await fs.writeFile(name, typeof value === 'string' ? value : JSON.stringify(value));
    return name;
  };

  it('judges a trip by a shipped profile, without a running system', async () => {
    const { status, out } = await call('policy', 'check', await file(trip), '--profile', 'thai-nguyen', '--json');
    const answer = JSON.parse(out);
    expect(status).toBe(0);
    expect(answer.route.steps.map((step: { organisationCode: string }) => step.organisationCode)).toEqual([
      'SNGV',
      'UBND',
      'TINHUY',
    ]);
    expect(answer.findings.find((one: { rule: string }) => one.rule === 'countryCount')).toMatchObject({
      severity: 'pass',
      values: { found: 1, limit: 3 },
      source: expect.stringContaining('Không quá 3 nước'),
    });
    expect(answer.missingDocuments.map((one: { kind: string }) => one.kind)).toEqual([
      'programme',
      'memberList',
      'partyOpinion',
    ]);
  });

  it('ends with 1 when a rule blocks the trip, and says which', async () => {
    const secret = { ...trip, proposal: { ...trip.proposal, content: 'Độ mật: Tối mật' } };
    const { status, out } = await call('policy', 'check', await file(secret), '--profile', 'ha-noi');
    expect(status).toBe(1);
    expect(out).toContain('✗  Nội dung mang dấu TỐI MẬT');
  });

  it('takes a profile of your own from a file, and explains what is wrong with one', async () => {
    const own = JSON.parse(await fs.readFile('libs/policy/profiles/dong-nai.json', 'utf8'));
    own.limits.membersMax[0].value = 1;
    const name = path.join(folder, 'own.json');
    await fs.writeFile(name, JSON.stringify(own));
    const { out } = await call('policy', 'check', await file(trip), '--profile', name);
    expect(out).toContain('Đoàn có 2 người, quá mức 1 người.');
    expect(await call('policy', 'validate', name)).toMatchObject({ status: 0 });
    own.limits.membersMax[0].value = 'một';
    await fs.writeFile(name, JSON.stringify(own));
    expect(await call('policy', 'validate', name)).toMatchObject({
      status: 1,
      out: '✗ Giới hạn › Số người tối đa › dòng 1 › Mức: phải là số, đang ghi "một".',
    });
    expect(await call('policy', 'check', await file(trip), '--profile', name)).toMatchObject({ status: 1, out: '' });
  });

  it('refuses what it cannot read in a sentence', async () => {
    expect((await call('policy', 'check', await file('{'), '--profile', 'ha-noi')).err).toContain('Không đọc được tệp');
    expect((await call('policy', 'check', await file({}), '--profile', 'ha-noi')).err).toContain('inPlan');
    expect((await call('policy', 'check', await file(trip), '--profile', 'hue')).err).toContain('Có sẵn: tuyen-quang');
    expect((await call('policy', 'check', await file(trip))).status).toBe(2);
  });
});
