import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ProvinceProfile, shippedProfiles } from '#libs/policy';
import { DelegationHouse, document } from './delegation-house.js';

const shipped = shippedProfiles[0]!;
/** The focal agency's leader must answer with a submission; the others as shipped. */
const strict: ProvinceProfile = {
  ...shipped,
  routes: shipped.routes.map((route) => ({
    ...route,
    steps: route.steps.map((step, at) =>
      at === 0 ? { ...step, records: ['submission' as const], whenNotRecorded: 'block' as const } : step,
    ),
  })),
};

const onTheBudget = { funding: [{ source: 'stateBudget', label: 'Ngân sách tỉnh', amount: 450_000_000 }] };

describe('what the rules want on paper', () => {
  let house: DelegationHouse;
  const viewOf = async (caseId: string) => (await house.as('thamdinh.sngv', `/cases/${caseId}`)).body;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    // The province has the shipped rules from the first time somebody reads them.
    await house.as('quantri.sngv', '/rules');
    const headers = { 'if-match': '"1"' };
    const body = { profile: strict, validFrom: '2023-01-09', note: 'Bản thử: bước đầu phải có tờ trình' };
    expect((await house.as('quantri.sngv', '/rules', { body, headers })).status).toBe(201);
  });
  afterAll(() => house.close());

  it('keeps an out-of-plan trip on the budget from approval until the Department of Finance has appraised it in writing', async () => {
    const caseId = await house.openWithDossier(onTheBudget);
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
    expect((await viewOf(caseId)).opinionsWanted).toMatchObject([
      { organisation: { code: 'STC' }, required: true, inWriting: true, state: 'notAsked' },
      { organisation: { code: 'CAT' }, required: false },
    ]);
    // Nobody asks: the system does, when the dossier is complete.
    await house.must('thamdinh.sngv', caseId, { type: 'ACCEPT_DOSSIER' });
    expect((await viewOf(caseId)).opinionsWanted).toMatchObject([{ state: 'asked' }, { state: 'notAsked' }]);
    const early = await house.must('thamdinh.sngv', caseId, { type: 'FORWARD' }, { refused: 409 });
    expect(early.body).toMatchObject({
      rules: [{ name: 'allOpinionsIn' }, { name: 'requiredOpinionsIn' }],
      missing: [{ kind: 'opinion', text: { vi: 'Thẩm định dự toán kinh phí đoàn ngoài kế hoạch' } }],
    });
    const organisationId = await house.organisationId('STC');
    const organisationIds = [organisationId];
    const twice = await house.must(
      'thamdinh.sngv',
      caseId,
      { type: 'REQUEST_OPINION', organisationIds },
      { refused: 409 },
    );
    expect(twice.body.rules).toMatchObject([{ name: 'notYetAsked' }]);
    // Another agency asked later does not ask the first again.
    const police = await house.organisationId('CAT');
    await house.must('thamdinh.sngv', caseId, { type: 'REQUEST_OPINION', organisationIds: [police] });
    const tasks = await house.query<{ key: string; due: boolean; mails: number }>(
      `select key, due_at is not null as due, (select count(*)::int from outbox_messages o
         where o.instance_id = t.instance_id and o.task_key = t.key) as mails
       from tasks t where instance_id = $1 and kind = 'giveOpinion' order by opened_seq`,
      [caseId],
    );
    expect(tasks).toEqual([organisationId, police].map((id) => ({ key: `giveOpinion:${id}`, due: true, mails: 1 })));
    await house.must('thamdinh.cat', caseId, { type: 'OPINION_RECEIVED', organisationId: police, opinion: 'agree' });
    const opinion = { type: 'OPINION_RECEIVED', organisationId, opinion: 'agreeWithComments' };
    const bare = await house.must('thamdinh.stc', caseId, opinion, { refused: 409 });
    expect(bare.body.rules).toMatchObject([{ name: 'opinionInWriting' }]);
    await house.must('thamdinh.stc', caseId, { ...opinion, document });
    expect((await viewOf(caseId)).opinionsWanted[0]).toMatchObject({ state: 'answered' });
    await house.must('thamdinh.sngv', caseId, { type: 'FORWARD' });
  });

  it.each([
    ['the partner pays', { funding: [{ source: 'partner', label: 'Đối tác đài thọ', paidBy: 'partner' }] }],
    ['the money is no budget money', { funding: [{ source: 'socialised', label: 'Xã hội hóa', amount: 1 }] }],
  ])('asks no appraisal when %s', async (_, change) => {
    const caseId = await house.openWithDossier(change);
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    for (const type of ['RECEIVE', 'ACCEPT_DOSSIER', 'FORWARD']) await house.must('thamdinh.sngv', caseId, { type });
  });

  it('lets no level agree with another document than its rules ask for, and says which', async () => {
    const caseId = await house.openInApproval();
    expect((await viewOf(caseId)).stepDocuments).toEqual([
      {
        ...{ step: 'focalAgency', state: 'awaited', severity: 'block', types: ['submission'] },
        text: {
          vi: 'Lãnh đạo Sở Ngoại vụ: Tờ trình',
          en: 'Head of the Department of Foreign Affairs: Submission',
        },
      },
    ]);
    for (const type of [undefined, 'officialLetter']) {
      const approve = { type: 'APPROVE', document: { ...document, ...(type && { type }) } };
      const refused = await house.must('giamdoc.sngv', caseId, approve, { refused: 409 });
      expect(refused.body).toMatchObject({
        rules: [{ name: 'stepDocumentRecorded' }],
        missing: [{ kind: 'stepDocument', text: { vi: 'Tờ trình', en: 'Submission' } }],
      });
    }
    await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document: { ...document, type: 'submission' } });

    // The Committee's step only warns: agreed, and shown as lacking.
    await house.must('phochutich.ubnd', caseId, { type: 'APPROVE', document: { ...document, type: 'notice' } });
    const view = await viewOf(caseId);
    expect(view.stepDocuments).toMatchObject([
      { step: 'peoplesCommittee', state: 'missing', severity: 'warning' },
      { step: 'partyCommittee', state: 'awaited' },
    ]);
    expect(view.approvals.map(({ document: given }: { document: { type: string } }) => given.type)).toEqual([
      'submission',
      'notice',
    ]);

    // It comes later: whoever keeps the papers adds it, and the next level's document is asked as before.
    const late = { number: '77/TTr-UBND', date: '2023-01-09', type: 'submission' };
    const record = { type: 'RECORD_STEP_DOCUMENT', stepId: 'peoplesCommittee', document: late };
    await house.must('giamdoc.skhdt', caseId, record, { refused: 403 });
    await house.must('thamdinh.sngv', caseId, { ...record, stepId: 'partyCommittee' }, { refused: 409 });
    await house.must('thamdinh.sngv', caseId, { ...record, document }, { refused: 400 });
    const secret = { ...record, document: { ...late, number: '7/TTr-UBND (mật)' } };
    await house.must('thamdinh.sngv', caseId, secret, { refused: 400 });
    const tomorrow = { ...record, document: { ...late, date: '2023-01-10' } };
    await house.must('thamdinh.sngv', caseId, tomorrow, { refused: 400 });
    await house.must('thamdinh.sngv', caseId, record);
    const again = await house.must('thamdinh.sngv', caseId, record, { refused: 409 });
    expect(again.body.rules).toMatchObject([{ name: 'stepDocumentNew' }]);
    const complete = await viewOf(caseId);
    expect(complete.stepDocuments).toMatchObject([{ step: 'partyCommittee', state: 'awaited' }]);
    expect(complete.approvals[1].further).toMatchObject([
      { document: late, recordedBy: { fullName: expect.any(String) }, at: house.clock.now().toISOString() },
    ]);
    expect(complete.timeline.at(-1)).toMatchObject({ type: 'RECORD_STEP_DOCUMENT', document: late });
    expect((await house.replayAll()).filter(({ matches }) => !matches)).toEqual([]);
  });

  it('knows no other type of document', async () => {
    const caseId = await house.openInApproval();
    const approve = { type: 'APPROVE', document: { ...document, type: 'postcard' } };
    const refused = await house.must('giamdoc.sngv', caseId, approve, { refused: 400 });
    expect(refused.body.errors[0].path).toBe('document.type');
  });
});
