import type { JobHandler } from './types.js';

export interface Consumer {
  readonly handler: JobHandler;
  readonly concurrency: number;
}

/** Who does the jobs of each name: exactly one. A mistake is found at boot, also while the queue is away. */
export class Handlers {
  readonly #names: readonly string[];
  readonly #consumers = new Map<string, Consumer>();
  #isComplete = false;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** Throws for a name that is none, that has a handler, or after the queue has started. */
  declare(name: string, consumer: Consumer): void {
    this.mustKnow(name);
    if (this.#consumers.has(name)) throw new Error(`The job "${name}" has two handlers; it must have exactly one.`);
    if (this.#isComplete) throw new Error(`The handler of "${name}" was declared after the queue had started.`);
    this.#consumers.set(name, consumer);
  }

  /** Throws for a name that is none. */
  mustKnow(name: string): void {
    if (!this.#names.includes(name))
      throw new Error(`"${name}" is no declared job; declared: ${this.#names.join(', ')}.`);
  }

  /** By name. Throws when a name has none; nothing is declared afterwards. */
  complete(): ReadonlyMap<string, Consumer> {
    const orphans = this.#names.filter((name) => !this.#consumers.has(name));
    if (orphans.length > 0)
      throw new Error(`No handler for the job ${orphans.join(', ')}; each name needs exactly one.`);
    this.#isComplete = true;
    return this.#consumers;
  }
}
