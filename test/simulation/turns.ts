/**
 * Lets exactly one piece of work go on at a time, from one point where it waits to the next, so that the order in which
 * workers overtake each other is a throw of the dice and not of the machine.
 */
export interface Waiting {
  readonly owner: object;
  readonly kind: string;
  /** What it is about, as an id of a mail. */
  readonly about: string | null;
  readonly resume: () => void;
}

export class Turns {
  #waiting: Waiting[] = [];
  #atRest: () => void = () => undefined;

  get waiting(): readonly Waiting[] {
    return this.#waiting;
  }

  /** Called by work that is going on: it waits here until it is chosen. */
  wait(owner: object, kind: string, about: string | null = null): Promise<void> {
    return new Promise((resume) => {
      this.#waiting.push({ owner, kind, about, resume });
      this.#atRest();
    });
  }

  /** Work of its own that begins when it is chosen, and not before. */
  later(owner: object, kind: string, work: () => Promise<void>): void {
    const resume = () => {
      work().then(
        () => this.#atRest(),
        () => this.#atRest(),
      );
    };
    this.#waiting.push({ owner, kind, about: null, resume });
  }

  /** Never returns: its process has died. */
  vanish(owner: object): Promise<never> {
    this.#waiting = this.#waiting.filter((one) => one.owner !== owner);
    this.#atRest();
    return new Promise(() => undefined);
  }

  forget(owner: object): void {
    this.#waiting = this.#waiting.filter((one) => one.owner !== owner);
  }

  /** Resolves when the work has come to its next point, or to its end. */
  async grant(chosen: Waiting): Promise<void> {
    this.#waiting = this.#waiting.filter((one) => one !== chosen);
    await this.#untilRest(chosen.resume);
  }

  /** Begins new work and lets it come to its first point. */
  begin(work: () => Promise<void>): Promise<void> {
    return this.#untilRest(() => {
      work().then(
        () => this.#atRest(),
        () => this.#atRest(),
      );
    });
  }

  #untilRest(go: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#atRest = resolve;
      go();
    });
  }
}
