import type { JobCounts, JobHandler, Queues } from '#libs/queue';

interface Line {
  readonly waiting: string[];
  readonly active: Map<string, { readonly owner: object; readonly attempts: number }>;
  readonly attempts: Map<string, number>;
  readonly failed: Set<string>;
}

export interface WaitingJob {
  readonly name: string;
  readonly id: string;
}

const maxAttempts = 3;

/** The server behind the queues of all simulated workers: keeps what the room `queue` promises, and loses it on demand. */
export class QueueServer {
  isAway = false;
  readonly #lines = new Map<string, Line>();

  /** One worker's connection. `owner` is the process: what it had in hand is given out again when it dies. */
  connect(owner: object): Queues & { readonly handlers: ReadonlyMap<string, JobHandler> } {
    const handlers = new Map<string, JobHandler>();
    const isAway = () => this.isAway;
    return {
      backend: 'redis',
      get isAway() {
        return isAway();
      },
      handlers,
      add: async (name, ids) => {
        if (this.isAway) throw new Error('The queue is away.');
        const line = this.#line(name);
        const isTaken = (id: string) => line.waiting.includes(id) || line.active.has(id) || line.failed.has(id);
        for (const id of ids) if (!isTaken(id)) line.waiting.push(id);
      },
      consume: (name, handler) => void handlers.set(name, handler),
      start: async () => void owner,
      counts: async () => ({}) as Record<string, JobCounts>,
      forgetFailures: async () => {
        for (const line of this.#lines.values()) line.failed.clear();
        return 0;
      },
      close: async () => undefined,
    };
  }

  /** What could be handed to a worker now. */
  get waiting(): readonly WaitingJob[] {
    if (this.isAway) return [];
    return [...this.#lines].flatMap(([name, { waiting }]) => waiting.map((id) => ({ name, id })));
  }

  activeOf(owner: object): number {
    return [...this.#lines.values()].flatMap(({ active }) => [...active.values()].filter((job) => job.owner === owner))
      .length;
  }

  /** `twice`: it also stays in line, as when a lock was thought to be lost. */
  take({ name, id }: WaitingJob, owner: object, { twice }: { twice: boolean }): void {
    const line = this.#line(name);
    if (!twice) line.waiting.splice(line.waiting.indexOf(id), 1);
    line.active.set(id, { owner, attempts: (line.attempts.get(id) ?? 0) + 1 });
  }

  finish({ name, id }: WaitingJob, { failed }: { failed: boolean }): void {
    const line = this.#line(name);
    const job = line.active.get(id);
    line.active.delete(id);
    line.attempts.delete(id);
    if (!failed || !job) return;
    if (job.attempts >= maxAttempts) line.failed.add(id);
    else {
      line.attempts.set(id, job.attempts);
      if (!line.waiting.includes(id)) line.waiting.push(id);
    }
  }

  /** A process died: after the time of their locks its jobs come back. */
  giveBack(owner: object): void {
    for (const line of this.#lines.values())
      for (const [id, job] of line.active) {
        if (job.owner !== owner) continue;
        line.active.delete(id);
        if (!line.waiting.includes(id)) line.waiting.push(id);
      }
  }

  /** FLUSHALL. */
  empty(): void {
    this.#lines.clear();
  }

  lose({ name, id }: WaitingJob): void {
    const { waiting } = this.#line(name);
    waiting.splice(waiting.indexOf(id), 1);
  }

  #line(name: string): Line {
    const known = this.#lines.get(name);
    if (known) return known;
    const line: Line = { waiting: [], active: new Map(), attempts: new Map(), failed: new Set() };
    this.#lines.set(name, line);
    return line;
  }
}
