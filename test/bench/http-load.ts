import { parseArgs } from 'node:util';
import { addDays, dayOf, systemClock } from '#libs/calendar';
import { misfit, type Official, officials, proposalOf, roadOf } from './delegation-road.js';
import { type Answer, HttpClient } from './http-client.js';
import { summariseLatencies } from './statistics.js';

/**
 * Run by scripts/bench.mjs in a process of its own against a running api with the demo province. Prepares complete drafts,
 * then `clients` clients drive each along the whole road; only the driving is measured. Prints one line of JSON.
 */
const { values } = parseArgs({
  options: {
    api: { type: 'string' },
    password: { type: 'string' },
    clients: { type: 'string', default: '16' },
    cases: { type: 'string', default: '250' },
    rounds: { type: 'string', default: '3' },
  },
});
const [clients, cases, rounds] = [Number(values.clients), Number(values.cases), Number(values.rounds)];
const http = new HttpClient(values.api!, { connections: clients });
const { cookies, signerId } = await signInAll();
const road = roadOf({ signerId });

await drive(await prepare(Math.ceil(cases / 2)));
const measured: Awaited<ReturnType<typeof drive>>[] = [];
for (let round = 0; round < rounds; round += 1) measured.push(await drive(await prepare(cases)));
http.close();
const summaries = measured.map((round) => summariseLatencies(round));
summaries.sort((a, b) => a.perSecond - b.perSecond);
const latenciesOf = (step: number): number[] => measured.flatMap((round) => round.steps[step] ?? []);
const steps = road.map(({ body }, step) => ({
  type: body.type,
  p50Ms: summariseLatencies({ latencies: latenciesOf(step), seconds: 1 }).p50Ms,
}));
const result = { clients, cases, rounds, median: summaries[Math.floor(rounds / 2)], each: summaries, steps };
process.stdout.write(`${JSON.stringify(result)}\n`);

async function signInAll(): Promise<{ cookies: Map<Official, string>; signerId: string }> {
  const cookies = new Map<Official, string>();
  let signerId = '';
  for (const official of officials) {
    const body = { email: `${official}@tuyenquang.example`, password: values.password };
    const answer = await http.post('/api/v1/session', body);
    expectStatus(answer, 201);
    cookies.set(official, answer.cookie!);
    if (official === 'chutich.ubnd') signerId = (answer.body as { personId: string }).personId;
  }
  return { cookies, signerId };
}

/** Drafts with everything a submission is asked for, so that the road is a road of acceptances. */
async function prepare(count: number): Promise<string[]> {
  const ids: string[] = [];
  const today = dayOf(systemClock.now());
  const dates = { departureDate: addDays(today, 90), returnDate: addDays(today, 94) };
  const cookie = cookies.get('chuyenvien.skhdt')!;
  let number = 0;
  const worker = async (): Promise<void> => {
    while (number < count) {
      number += 1;
      const answer = await http.post('/api/v1/proposals', { proposal: proposalOf(number, dates) }, { cookie });
      expectStatus(answer, 201);
      const { id } = answer.body as { id: string };
      for (const kind of ['proposalLetter', 'programme', 'memberList', 'invitation', 'invitationTranslation'])
        expectStatus(await http.upload(`/api/v1/cases/${id}/documents`, { kind, noStateSecrets: 'true' }, cookie), 201);
      ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: clients }, worker));
  return ids;
}

async function drive(pile: string[]): Promise<{ latencies: number[]; steps: number[][]; seconds: number }> {
  const latencies: number[] = [];
  const steps: number[][] = road.map(() => []);
  let sent = 0;
  const client = async (): Promise<void> => {
    for (let id = pile.pop(); id; id = pile.pop()) {
      for (const [n, step] of road.entries()) {
        sent += 1;
        // Every twentieth event is one the state does not take: it must be refused, logged and explained.
        if (sent % 20 === 0) expectStatus(await decide(id, misfit), 409);
        const began = performance.now();
        expectStatus(await decide(id, step), 200);
        const tookMs = performance.now() - began;
        latencies.push(tookMs);
        steps[n]!.push(tookMs);
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  return { latencies, steps, seconds: (performance.now() - began) / 1000 };
}

function decide(id: string, { by, body }: (typeof road)[number]): Promise<Answer> {
  return http.post(`/api/v1/cases/${id}/events`, body, { cookie: cookies.get(by)! });
}

function expectStatus(answer: Answer, status: number): void {
  if (answer.status !== status)
    throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body).slice(0, 2000)}`);
}
