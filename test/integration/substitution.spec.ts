import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import { recipientDirectory } from '#libs/organisation';
import { createUnitOfWork } from '#libs/persistence';
import { DelegationHouse, document } from './delegation-house.js';

const chairman = 'chutich.ubnd';
const viceChairman = 'phochutich.ubnd';
/** Holds no office at the People's Committee: what they can do there comes from the substitution alone. */
const stranger = 'giamdoc.svhttdl';
const start = instantAt('2023-01-09', '08:00');

let house: DelegationHouse;
beforeAll(async () => {
  house = await DelegationHouse.open(start);
});
afterAll(() => house.close());

/** Every test begins on the ninth of January with everybody at their desk. */
beforeEach(async () => {
  house.clock.set(start);
  await house.query('delete from substitutions');
});

const name = async (mailbox: string, given: Record<string, unknown>) => {
  const { substitute, ...rest } = given;
  const body = { firstDay: '2023-01-09', lastDay: '2023-01-13', ...rest };
  const substituteId = typeof substitute === 'string' ? await house.personId(substitute) : given.substituteId;
  return house.as(mailbox, '/me/substitutions', { body: { ...body, substituteId } });
};
const end = (mailbox: string, id: string) => house.as(mailbox, `/substitutions/${id}`, { method: 'DELETE' });
const inboxOf = async (mailbox: string) => (await house.as(mailbox, '/inbox')).body.items;
const leaders = async () => {
  const organisationId = await house.organisationId('UBND');
  const unitOfWork = createUnitOfWork(house.api.database.dataSource);
  const people = await unitOfWork.run((tx) =>
    recipientDirectory.peopleFor(tx, { role: 'leader', organisationId }, house.clock.now()),
  );
  return people.map(({ personId }) => personId).sort();
};
const idsOf = async (...mailboxes: string[]) => (await Promise.all(mailboxes.map((one) => house.personId(one)))).sort();

/** A case that waits for the People's Committee. */
async function atCommittee(proposal: object = {}): Promise<string> {
  const caseId = await house.openInApproval(proposal);
  await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document });
  return caseId;
}

describe('a substitute', () => {
  it('finds the work of the absent person in the inbox, and decides with both names on the decision', async () => {
    const caseId = await atCommittee();
    await house.must(stranger, caseId, { type: 'APPROVE', document }, { refused: 404 });
    expect((await name(chairman, { substitute: stranger })).status).toBe(201);
    const [absentId, substituteId] = [await house.personId(chairman), await house.personId(stranger)];
    const item = (await inboxOf(stranger)).find((row: { caseId: string }) => row.caseId === caseId);
    expect(item).toMatchObject({ role: 'leader', onBehalfOf: { id: absentId } });
    const before = (await house.as(stranger, `/cases/${caseId}`)).body;
    expect(before.availableEvents).toContainEqual(
      expect.objectContaining({
        type: 'APPROVE',
        allowed: true,
        onBehalfOf: expect.objectContaining({ id: absentId }),
      }),
    );
    await house.must(stranger, caseId, { type: 'APPROVE', document });
    const after = (await house.as('thamdinh.sngv', `/cases/${caseId}`)).body;
    const both = { id: substituteId, fullName: expect.any(String) };
    expect(after.timeline.at(-1)).toMatchObject({ principal: both, onBehalfOf: { id: absentId } });
    expect(after.approvals.at(-1)).toMatchObject({ decidedBy: both, onBehalfOf: { id: absentId } });
    const decided = after.tasks.find((task: { decidedOnBehalfOf: unknown }) => task.decidedOnBehalfOf !== null);
    expect(decided).toMatchObject({ decidedBy: both, decidedOnBehalfOf: { id: absentId } });
    const [logged] = await house.query(
      `select principal_id, on_behalf_of_id, payload->'facts'->>'onBehalfOfId' as fact, organisation_version_id is not null as office
       from events where instance_id = $1 order by seq desc limit 1`,
      [caseId],
    );
    expect(logged).toEqual({ principal_id: substituteId, on_behalf_of_id: absentId, fact: absentId, office: true });
  });

  it('acts from the first day to the last, and neither before nor after', async () => {
    const caseId = await atCommittee();
    await name(chairman, { substitute: stranger, firstDay: '2023-01-11', lastDay: '2023-01-12' });
    const tried = async (day: string, time: string) => {
      house.clock.set(instantAt(day, time));
      const [seen, mailed] = [await inboxOf(stranger), await leaders()];
      return [seen.length > 0, mailed.includes(await house.personId(stranger))];
    };
    expect(await tried('2023-01-10', '23:59')).toEqual([false, false]);
    expect(await tried('2023-01-11', '00:00')).toEqual([true, true]);
    expect(await tried('2023-01-12', '23:59')).toEqual([true, true]);
    expect(await tried('2023-01-13', '00:00')).toEqual([false, false]);
    await house.must(stranger, caseId, { type: 'APPROVE', document }, { refused: 404 });
    expect((await house.as(stranger, '/me/substitutions')).body.received).toMatchObject([{ state: 'over' }]);
  });

  it('gets the mail in the place of the absent person, who gets it again afterwards', async () => {
    const both = await idsOf(chairman, viceChairman);
    expect(await leaders()).toEqual(both);
    const named = await name(chairman, { substitute: stranger });
    expect(await leaders()).toEqual(await idsOf(stranger, viceChairman));
    expect((await end(chairman, named.body.id)).status).toBe(204);
    expect(await leaders()).toEqual(both);
    // A substitute who holds the office anyway is told once; one who has left takes nothing along.
    await name(chairman, { substitute: viceChairman });
    expect(await leaders()).toEqual(await idsOf(viceChairman));
    await house.query('update people set active = false where id = $1', [await house.personId(viceChairman)]);
    expect(await leaders()).toEqual(await idsOf(chairman));
    await house.query('update people set active = true where id = $1', [await house.personId(viceChairman)]);
  });

  it('loses every right with the revocation, at the next request', async () => {
    const caseId = await atCommittee();
    const named = await name(chairman, { substitute: stranger });
    expect((await house.as(stranger, `/cases/${caseId}`)).status).toBe(200);
    await end(chairman, named.body.id);
    expect((await house.as(stranger, `/cases/${caseId}`)).status).toBe(404);
    await house.must(stranger, caseId, { type: 'APPROVE', document }, { refused: 404 });
    expect(await inboxOf(stranger)).toEqual([]);
  });

  it('has the role of the scope only', async () => {
    const organisationId = await house.organisationId('SNGV');
    await name('giamdoc.sngv', { substitute: stranger, role: 'leader', organisationId });
    const { substituting } = (await house.as(stranger, '/me')).body;
    expect(substituting).toMatchObject([{ role: 'leader', organisationId, lastDay: '2023-01-13' }]);
    await house.query('delete from substitutions');
    await name('giamdoc.sngv', { substitute: stranger, organisationId });
    const whole = (await house.as(stranger, '/me')).body.substituting;
    expect(whole.map((held: { role: string }) => held.role)).toEqual(['leader', 'unitHead']);
  });

  it('does not pass on what they hold for somebody else', async () => {
    const caseId = await atCommittee();
    await name(chairman, { substitute: stranger });
    await name(stranger, { substitute: 'chuyenvien.svhttdl' });
    expect((await house.as('chuyenvien.svhttdl', '/me')).body.substituting).toMatchObject([{ role: 'unitHead' }]);
    await house.must('chuyenvien.svhttdl', caseId, { type: 'APPROVE', document }, { refused: 404 });
  });

  it('never gets the running of the system', async () => {
    expect(await name('quantri.sngv', { substitute: stranger })).toMatchObject({ status: 400 });
    const id = randomUUID();
    await house.query(
      `insert into substitutions (id, province_id, person_id, substitute_id, first_day, last_day, created_at, created_by_id)
       select $1, p.province_id, p.id, s.id, '2023-01-09', '2023-01-13', now(), p.id from people p, people s
       where p.email = 'quantri.sngv@tuyenquang.example' and s.email = $2`,
      [id, `${stranger}@tuyenquang.example`],
    );
    expect((await house.as(stranger, '/me')).body.substituting).toEqual([]);
    expect((await house.as(stranger, '/operations/mails')).status).toBe(403);
  });

  it('drafts nothing new in the place of a unit officer, but finishes what waits', async () => {
    await name('chuyenvien.skhdt', { substitute: stranger });
    const answer = await house.as(stranger, '/proposals', { body: { proposal: { delegationName: 'Đoàn thay' } } });
    expect(answer.status).toBe(403);
    const caseId = await house.openWithDossier();
    await house.must(stranger, caseId, { type: 'SUBMIT' });
    expect((await house.as(stranger, `/cases/${caseId}`)).body.timeline.at(-1)).toMatchObject({
      onBehalfOf: { id: await house.personId('chuyenvien.skhdt') },
    });
  });
});

describe('nobody decides their own trip through a substitute', () => {
  /** Each on days of its own: nobody travels twice at once. */
  const travels = async (mailbox: string, departureDate: string) => ({
    departureDate,
    returnDate: departureDate,
    members: [
      { personId: await house.personId(mailbox), fullName: 'Người đi (mẫu)', position: 'Lãnh đạo', role: 'leader' },
    ],
  });
  const refused = { status: 409, body: { code: 'EVENT_REFUSED', rules: [{ name: 'notOwnProposal' }] } };

  it('when the absent person travels', async () => {
    const caseId = await atCommittee(await travels(chairman, '2023-03-01'));
    await name(chairman, { substitute: stranger });
    const view = (await house.as(stranger, `/cases/${caseId}`)).body;
    const approve = view.availableEvents.find((one: { type: string }) => one.type === 'APPROVE');
    expect(approve).toMatchObject({ allowed: false, rules: [{ name: 'notOwnProposal' }] });
    expect(await house.fire(stranger, caseId, { type: 'APPROVE', document })).toMatchObject(refused);
  });

  it('when the substitute travels or proposed it', async () => {
    const caseId = await atCommittee(await travels(stranger, '2023-03-02'));
    await name(chairman, { substitute: stranger });
    expect(await house.fire(stranger, caseId, { type: 'APPROVE', document })).toMatchObject(refused);
    await house.query('delete from substitutions');
    await name(chairman, { substitute: 'chuyenvien.skhdt' });
    const own = await atCommittee();
    expect(await house.fire('chuyenvien.skhdt', own, { type: 'APPROVE', document })).toMatchObject(refused);
  });

  it('but for another absent person of the same office the same substitute may', async () => {
    const caseId = await atCommittee(await travels(chairman, '2023-04-03'));
    await name(chairman, { substitute: stranger });
    await name(viceChairman, { substitute: stranger });
    await house.must(stranger, caseId, { type: 'APPROVE', document });
    const { timeline } = (await house.as('thamdinh.sngv', `/cases/${caseId}`)).body;
    expect(timeline.at(-1)).toMatchObject({ onBehalfOf: { id: await house.personId(viceChairman) } });
  });

  it('and a decision is not signed in the place of somebody who travels', async () => {
    const caseId = await atCommittee(await travels(chairman, '2024-05-06'));
    await house.must(viceChairman, caseId, { type: 'APPROVE', document });
    for (const level of ['thuongtruc.tinhuy', 'vanthu.vpubnd'])
      await house.must(level, caseId, { type: 'APPROVE', document });
    const signerId = await house.personId(stranger);
    const issue = { type: 'ISSUE_DECISION', document, signerId };
    const noAuthority = { status: 409, body: { rules: [{ name: 'signerHasAuthority' }] } };
    expect(await house.fire('vanthu.vpubnd', caseId, issue)).toMatchObject(noAuthority);
    await name(chairman, { substitute: stranger });
    expect(await house.fire('vanthu.vpubnd', caseId, issue)).toMatchObject(noAuthority);
    await name(viceChairman, { substitute: stranger });
    await house.must('vanthu.vpubnd', caseId, issue);
  });
});

describe('naming a substitute', () => {
  const problem = (status: number, code: string, path?: string) => ({
    status,
    body: { code, ...(path !== undefined && { errors: [expect.objectContaining({ path })] }) },
  });
  const because = (reason: string) => ({ status: 409, body: { code: 'SUBSTITUTION_REFUSED', reason } });

  it('refuses oneself, a stranger, the past, days in the wrong order, years, and a role one does not hold', async () => {
    const invalid = (path: string) => problem(400, 'VALIDATION_FAILED', path);
    expect(await name(chairman, { substitute: chairman })).toMatchObject(invalid('substituteId'));
    expect(await name(chairman, { substituteId: randomUUID() })).toMatchObject(invalid('substituteId'));
    expect(await name(chairman, { substitute: stranger, firstDay: '2023-01-08' })).toMatchObject(invalid('firstDay'));
    expect(await name(chairman, { substitute: stranger, lastDay: '2023-01-08' })).toMatchObject(invalid('lastDay'));
    expect(await name(chairman, { substitute: stranger, lastDay: '2024-01-10' })).toMatchObject(invalid('lastDay'));
    expect(await name(chairman, { substitute: stranger, role: 'clerk' })).toMatchObject(invalid('role'));
    expect(await name(chairman, { substitute: stranger, caseId: randomUUID() })).toMatchObject(invalid('caseId'));
    expect(await name(chairman, { substitute: stranger, role: 'administrator' })).toMatchObject({ status: 400 });
    expect((await name(chairman, { substitute: stranger, lastDay: '2024-01-09' })).status).toBe(201);
  });

  it('refuses a person of another province', async () => {
    const [provinceId, personId] = [randomUUID(), randomUUID()];
    await house.query(`insert into provinces (id, code, name) values ($1, 'HG', 'Hà Giang')`, [provinceId]);
    await house.query(
      `insert into people (id, province_id, full_name, search_name, email, language, active, created_at)
       values ($1, $2, 'Người (mẫu)', 'nguoi', 'nguoi@hagiang.example', 'vi', true, now())`,
      [personId, provinceId],
    );
    expect(await name(chairman, { substituteId: personId })).toMatchObject(
      problem(400, 'VALIDATION_FAILED', 'substituteId'),
    );
  });

  it('refuses two substitutes for one scope, and somebody who is away', async () => {
    await name(chairman, { substitute: stranger });
    expect(
      await name(chairman, { substitute: viceChairman, firstDay: '2023-01-13', lastDay: '2023-01-20', role: 'leader' }),
    ).toMatchObject(because('taken'));
    expect(
      (await name(chairman, { substitute: viceChairman, firstDay: '2023-01-14', lastDay: '2023-01-20' })).status,
    ).toBe(201);
    expect(
      await name(viceChairman, { substitute: chairman, firstDay: '2023-01-12', lastDay: '2023-01-12' }),
    ).toMatchObject(because('substituteAway'));
  });

  it('refuses a circle, also through others and by the overlap of days alone', async () => {
    const scoped = { role: 'leader' };
    const head = { role: 'unitHead' };
    await name(chairman, { substitute: 'giamdoc.sngv', ...scoped, firstDay: '2023-01-09', lastDay: '2023-01-12' });
    await name('giamdoc.sngv', { substitute: stranger, ...scoped, firstDay: '2023-01-12', lastDay: '2023-01-20' });
    const closing = { substitute: chairman, ...head };
    expect(await name(stranger, { ...closing, firstDay: '2023-01-12', lastDay: '2023-01-16' })).toMatchObject(
      because('circle'),
    );
    expect((await name(stranger, { ...closing, firstDay: '2023-01-13', lastDay: '2023-01-16' })).status).toBe(201);
  });

  it('lets only one of two who name each other at the same moment through', async () => {
    for (let round = 0; round < 5; round += 1) {
      await house.query('delete from substitutions');
      const answers = await Promise.all([
        name(chairman, { substitute: viceChairman, role: 'leader' }),
        name(viceChairman, { substitute: chairman, role: 'leader' }),
      ]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    }
  });

  it('is ended by either of the two or an administrator, by nobody else, and once', async () => {
    for (const mailbox of [chairman, stranger, 'quantri.sngv']) {
      const { body } = await name(chairman, { substitute: stranger });
      for (const other of [viceChairman, 'thanhtra.sngv']) expect((await end(other, body.id)).status).toBe(404);
      expect((await end(mailbox, body.id)).status).toBe(204);
      expect(await end(mailbox, body.id)).toMatchObject(because('over'));
    }
  });

  it('leaves a record of each change: who, what, when', async () => {
    const { body } = await name(chairman, { substitute: stranger });
    await end('quantri.sngv', body.id);
    const rows = await house.query(
      `select action, principal_id as by, at, details->>'personId' as person, details->>'substituteId' as substitute
       from audit_records where subject_id = $1 order by action`,
      [body.id],
    );
    const people = { person: await house.personId(chairman), substitute: await house.personId(stranger), at: start };
    expect(rows).toEqual([
      { action: 'substitution.created', by: await house.personId(chairman), ...people },
      { action: 'substitution.revoked', by: await house.personId('quantri.sngv'), ...people },
    ]);
  });
});

describe('an approver who travels', () => {
  it('is offered somebody for exactly the days, on the dossier, in the profile and by one mail', async () => {
    const members = [
      { personId: await house.personId('giamdoc.skhdt'), fullName: 'Một (mẫu)', position: 'Giám đốc', role: 'leader' },
      { personId: await house.personId('chuyenvien.svhttdl'), fullName: 'Hai (mẫu)', position: 'Chuyên viên' },
    ];
    const caseId = await house.openDecided({ members });
    const offer = { caseId, firstDay: '2023-03-06', lastDay: '2023-03-10' };
    const onDossier = async (mailbox: string) => (await house.as(mailbox, `/cases/${caseId}`)).body.substitutionOffer;
    const inProfile = async () => (await house.as('giamdoc.skhdt', '/me/substitution-offers')).body.items;
    expect(await onDossier('giamdoc.skhdt')).toMatchObject(offer);
    expect(await inProfile()).toMatchObject([offer]);
    for (const other of ['chuyenvien.svhttdl', 'giamdoc.sngv']) expect(await onDossier(other)).toBeNull();
    const mails = await house.query(
      `select recipient from outbox_messages where instance_id = $1 and template = 'substitutionOffered'`,
      [caseId],
    );
    expect(mails).toEqual([{ recipient: { personId: members[0]!.personId } }]);
    const named = await name('giamdoc.skhdt', { substitute: stranger, ...offer });
    expect(named).toMatchObject({ status: 201, body: { firstDay: offer.firstDay, lastDay: offer.lastDay } });
    expect(await onDossier('giamdoc.skhdt')).toBeNull();
    expect(await inProfile()).toEqual([]);
    await end('giamdoc.skhdt', named.body.id);
    house.clock.set(instantAt('2023-03-08', '09:00'));
    expect(await inProfile()).toMatchObject([{ caseId, firstDay: '2023-03-08', lastDay: '2023-03-10' }]);
    house.clock.set(instantAt('2023-03-11', '09:00'));
    expect(await inProfile()).toEqual([]);
  });
});
