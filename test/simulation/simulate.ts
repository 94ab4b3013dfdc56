import { addDays, dayOf } from '#libs/calendar';
import { type PendingWork, pendingWork, resendMail } from '#libs/runtime';
import { brokenPromises, type Evidence } from './check.js';
import { createDice, type Dice } from './dice.js';
import { createFaultyWorker, type FaultyWorker, type Plant, type Surroundings } from './faulty-worker.js';
import { MailServer } from './mail-server.js';
import { actionIn, calm, departureOf, type Happening, type Plan, planOf, type SimulationSettings } from './plan.js';
import { drawIdsFrom } from './seeded-ids.js';
import { QueueServer, type WaitingJob } from './simulated-queue.js';
import { Turns, type Waiting } from './turns.js';
import { act, leaderOf, leaders, officers, provinceId, startCase, type World } from './world.js';

export interface SimulationReport {
  readonly seed: number;
  readonly broken: readonly string[];
  /** What happened, in order: equal for two runs of one seed. */
  readonly trace: readonly string[];
  readonly evidence: Evidence;
}

const minute = 60_000;
const maxRounds = 200;
const concurrency = 2;

/** What is wrong on purpose: a worker, or what happens around the workers. */
export interface Planted {
  readonly plant?: Plant;
  readonly around?: (world: World) => World;
}

/** One life of an office, from a seed. With something planted, something must be broken. */
export async function simulate(
  world: World,
  settings: SimulationSettings,
  { plant, around = (given) => given }: Planted = {},
): Promise<SimulationReport> {
  const dice = createDice(settings.seed);
  const plan = planOf(settings, dice.fork());
  drawIdsFrom(dice.fork());
  try {
    await world.reset();
    const run = new Run(around(world), plan, { dice: dice.fork(), plant });
    await run.live();
    const evidence = { ...(await world.gather()), ...run.evidence() };
    return { seed: settings.seed, broken: [...run.faults, ...brokenPromises(evidence)], trace: run.trace, evidence };
  } finally {
    drawIdsFrom(null);
  }
}

class Run {
  readonly trace: string[] = [];
  readonly faults: string[] = [];
  readonly #settled: Date[] = [];
  readonly #resent: string[] = [];
  readonly #caseIds = new Map<number, string>();
  readonly #around: Surroundings;
  #workers: FaultyWorker[] = [];
  #areWorkersUp = true;
  /** What was still to be done when everybody had last settled; null: not yet, or not any more. */
  #left: PendingWork | null = null;
  #answeredLate: ReadonlySet<Waiting> = new Set();
  #born = 0;

  constructor(
    private readonly world: World,
    private readonly plan: Plan,
    { dice, plant }: { dice: Dice; plant: Plant | undefined },
  ) {
    this.#around = {
      world,
      turns: new Turns(),
      queue: new QueueServer(),
      mailServer: new MailServer(),
      dice,
      weather: plan.weather,
      isMailServerUp: true,
      log: (line) => void this.trace.push(line),
      plant,
    };
  }

  evidence(): Pick<Evidence, 'accepted' | 'settled' | 'calendarAt' | 'leaderOf' | 'resent'> {
    const { mailServer } = this.#around;
    return {
      accepted: mailServer.accepted,
      settled: this.#settled,
      calendarAt: this.world.calendarAt,
      leaderOf,
      resent: this.#resent,
    };
  }

  /** From instant to instant at which something happens or is due; then, without further faults, until nothing is left. */
  async live(): Promise<void> {
    const { clock } = this.world;
    clock.set(this.plan.startsAt);
    const timeline = [...this.plan.timeline];
    for (;;) {
      const nextDue = this.#areWorkersUp ? (this.#left?.nextAt?.getTime() ?? null) : null;
      const nextPlanned = timeline[0]?.at ?? null;
      const next = Math.min(nextDue ?? Infinity, nextPlanned ?? Infinity);
      if (next > this.plan.endsAt.getTime()) break;
      await this.#passTimeUntil(next);
      while (timeline[0] && timeline[0].at <= next) await this.#happen(timeline.shift()!.happening);
      await this.#work();
    }
    await this.#finish();
    for (const worker of this.#workers) worker.kill();
  }

  /** What hangs in a mail server for minutes is thought lost by the others; its late answer comes after that. */
  async #passTimeUntil(next: number): Promise<void> {
    const { clock, rows } = this.world;
    const isLong = next - clock.now().getTime() > 10 * minute;
    clock.set(new Date(Math.max(next, clock.now().getTime())));
    this.trace.push(`-- ${clock.now().toISOString()}`);
    const isSending = this.#left === null || this.#left.sendingMails > 0;
    if (isLong && isSending)
      await rows(`update mails set claimed_at = claimed_at - interval '11 minutes' where status = 'sending'`);
  }

  async #happen(happening: Happening): Promise<void> {
    const { dice } = this.#around;
    this.trace.push(JSON.stringify(happening));
    switch (happening.kind) {
      case 'start': {
        const departureDate = departureOf(happening.caseNumber, dayOf(this.world.clock.now()));
        const people = { officerId: dice.pick(officers), leaderId: dice.pick(leaders) };
        const one = { ...people, mayLapse: dice.chance(0.7), departureDate };
        this.#caseIds.set(happening.caseNumber, await startCase(this.world, one));
        return;
      }
      case 'act': {
        const id = this.#caseIds.get(happening.caseNumber);
        const { choice } = happening;
        const today = dayOf(this.world.clock.now());
        if (id) await act(this.world, id, (state) => actionIn(state, { choice, today }));
        return;
      }
      case 'workers':
        this.#areWorkersUp = happening.isUp;
        if (!happening.isUp) this.#killWorkers();
        return;
      case 'queue':
        this.#around.queue.isAway = !happening.isUp;
        return;
      case 'mailServer':
        this.#around.isMailServerUp = happening.isUp;
        return;
      case 'person': {
        const person = officers[happening.number];
        await this.world.rows('update people set active = $2 where id = $1', [person, happening.isHere]);
        return;
      }
      case 'restart':
        return this.#killWorkers();
      case 'delivery':
        return this.world.chooseDelivery(happening);
      case 'substitute':
        return this.world.substitute(happening);
      case 'moveOwed':
        return this.#moveOwed(happening.inDays);
      case 'holiday':
        return this.#announceHoliday(happening.inDays);
    }
  }

  /** The longest owed first. */
  async #moveOwed(inDays: number): Promise<void> {
    const now = this.world.clock.now();
    const [found] = await this.world.rows<{ id: string }>(
      `select instance_id as id from timers where kind = 'reminder' and name = 'draftDeadline' and due_at <= $1
         and coalesce(fired_at, cancelled_at) is null order by armed_at, id limit 1`,
      [now],
    );
    const event = { type: 'MOVE_DEPARTURE', day: addDays(dayOf(now), inDays) };
    if (found) await act(this.world, found.id, (state) => (state === 'draft' ? event : null));
  }

  /** What is due by the calendar known so far is done first, when anybody is at work. */
  async #announceHoliday(inDays: number): Promise<void> {
    await this.#work();
    const moved = await this.world.announceHoliday(addDays(dayOf(this.world.clock.now()), inDays));
    this.trace.push(`moved ${moved}`);
  }

  #killWorkers(): void {
    for (const worker of this.#workers) if (worker.isAlive) worker.kill();
    this.#workers = [];
  }

  /** Until everything due is done. A worker that died is started again, as a service manager would. */
  async #work(): Promise<void> {
    if (!this.#areWorkersUp) return;
    this.#answeredLate = new Set(this.#around.turns.waiting.filter(({ kind }) => kind === 'hanging'));
    const { mailServer } = this.#around;
    const putOffBefore = mailServer.putOff;
    for (let round = 0; round < maxRounds; round += 1) {
      await this.#startMissing();
      await this.#oneRound();
      if (this.#around.dice.chance(this.#around.weather.resends)) await this.#resendOne();
      if (await this.#hasSettled()) {
        this.#settled.push(this.world.clock.now());
        // Many beats pass before a mail that was put off is due again: what a worker noted about it is forgotten by then.
        if (mailServer.putOff > putOffBefore) await this.#oneRound(this.#workers);
        return;
      }
      if (this.#isHeldUp()) return;
    }
    this.faults.push(`not settled after ${maxRounds} rounds at ${this.world.clock.now().toISOString()}`);
  }

  /**
   * Everybody waits for a mail server that does not answer, with every job in hand or, without the queue, with what is sent beside the
   * beats. They go on when it lets go: half a minute at most.
   */
  #isHeldUp(): boolean {
    const { queue, turns } = this.#around;
    return this.#workers.every((worker) => {
      const kinds = turns.waiting.filter(({ owner }) => owner === worker).map(({ kind }) => kind);
      const sending = kinds.filter((kind) => kind !== 'beat');
      const isFull = queue.activeOf(worker) >= concurrency;
      return (queue.isAway || isFull) && sending.length > 0 && sending.every((kind) => kind === 'hanging');
    });
  }

  async #startMissing(): Promise<void> {
    this.#workers = this.#workers.filter(({ isAlive }) => isAlive);
    while (this.#workers.length < this.plan.workers) {
      this.#born += 1;
      const worker = createFaultyWorker(`w${this.#born}`, this.#around);
      this.#workers.push(worker);
      await worker.start();
    }
  }

  /** A beat of one worker, now and then of another at the same time, and all jobs, in an order the dice choose. */
  async #oneRound(beating: readonly FaultyWorker[] = this.#chooseBeating()): Promise<void> {
    const { dice, queue, turns, weather } = this.#around;
    const beatsLeft = new Set<object>(beating);
    if (dice.chance(weather.queueEmptied)) queue.empty();
    for (;;) {
      const runnable = turns.waiting.filter((one) => this.#mayGoOn(one, beatsLeft));
      const jobs = queue.waiting.flatMap((job) => this.#freeWorkers().map((worker) => ({ job, worker })));
      const choice = dice.between(0, runnable.length + Math.min(jobs.length, 3) - 1);
      if (runnable.length + jobs.length === 0) return;
      if (choice < runnable.length) await this.#grant(runnable[choice]!, beatsLeft);
      else await this.#handOut(dice.pick(jobs));
    }
  }

  #chooseBeating(): FaultyWorker[] {
    const { dice } = this.#around;
    return [dice.pick(this.#workers), ...(dice.chance(0.2) ? [dice.pick(this.#workers)] : [])];
  }

  #mayGoOn(one: Waiting, beatsLeft: ReadonlySet<object>): boolean {
    if (one.kind === 'hanging') return this.#answeredLate.has(one);
    return one.kind !== 'beat' || beatsLeft.has(one.owner);
  }

  async #grant(chosen: Waiting, beatsLeft: Set<object>): Promise<void> {
    if (chosen.kind === 'beat') beatsLeft.delete(chosen.owner);
    this.trace.push(`${(chosen.owner as { name: string }).name} ${chosen.kind}`);
    await this.#around.turns.grant(chosen);
  }

  #freeWorkers(): FaultyWorker[] {
    return this.#workers.filter((worker) => worker.isAlive && this.#around.queue.activeOf(worker) < concurrency);
  }

  async #handOut({ job, worker }: { job: WaitingJob; worker: FaultyWorker }): Promise<void> {
    const { dice, queue, turns, weather } = this.#around;
    if (dice.chance(weather.jobLost)) return queue.lose(job);
    queue.take(job, worker, { twice: dice.chance(weather.jobTwice) });
    const handler = worker.handlers.get(job.name)!;
    this.trace.push(`${worker.name} takes ${job.name} ${job.id}`);
    await turns.begin(() =>
      handler(job.id).then(
        () => queue.finish(job, { failed: false }),
        () => queue.finish(job, { failed: true }),
      ),
    );
  }

  async #resendOne(): Promise<void> {
    const { rows, unitOfWork, clock } = this.world;
    const [mail] = await rows<{ id: string; message_id: string }>(
      `select id, message_id from mails where status = 'uncertain' order by id limit 1`,
    );
    if (!mail) return;
    const now = clock.now();
    if ((await unitOfWork.run((tx) => resendMail(tx, { id: mail.id, provinceId, now })))?.isPlanned)
      this.#resent.push(mail.message_id);
  }

  async #hasSettled(): Promise<boolean> {
    const work = await this.world.unitOfWork.run((tx) => pendingWork(tx, this.world.ledger));
    const isSettled = work.dueTimers + work.outboxMessages + work.plannedMails === 0;
    this.#left = isSettled ? work : null;
    return isSettled;
  }

  /** Good weather, everybody up, and time until the last mail that waits has gone. */
  async #finish(): Promise<void> {
    const { rows, clock } = this.world;
    this.#around.weather = calm;
    this.#around.isMailServerUp = true;
    this.#around.queue.isAway = false;
    this.#areWorkersUp = true;
    this.#killWorkers();
    for (let pass = 0; pass < 40; pass += 1) {
      // Workers that vanished long ago: their successors find what they left in the air.
      await rows(`update mails set claimed_at = claimed_at - interval '11 minutes' where status = 'sending'`);
      await this.#work();
      const [next] = await rows<{ at: Date | null }>(
        `select min(not_before) as at from mails where status = 'planned'`,
      );
      const [sending] = await rows<{ count: number }>(
        `select count(*)::int as count from mails where status = 'sending'`,
      );
      if (!next?.at && sending?.count === 0) return;
      // What missed the digest of its morning waits for the next one.
      const wakes = next?.at && next.at > clock.now() ? next.at : this.#left?.nextAt;
      if (next?.at && wakes) clock.set(wakes);
      if (sending?.count) this.#killWorkers();
    }
  }
}
