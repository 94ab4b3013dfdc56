import { expect } from '@jest/globals';
import type { MatrixHouse, Subject } from './matrix-house.js';

interface Asked {
  readonly path: string;
  /** Absent: POST. */
  readonly method?: string;
  readonly bodies: readonly object[];
  /** The statuses that are right; null: not asked, because it would be done. */
  readonly wanted: (subject: Subject, body: object) => readonly number[] | null;
}

/** Everybody against everything that can be sent to one thing in one state, and that nothing is kept of it. */
export class Crossing {
  #turn = 0;

  constructor(private readonly house: MatrixHouse) {}

  /**
   * Whoever has an office near the thing sends all of it. The others, for whom one body is like another, send one each, and another one
   * at the next crossing.
   */
  async try(about: string, ...asked: readonly Asked[]): Promise<void> {
    this.#turn += 1;
    const before = await this.house.fingerprint();
    const wrong: string[] = [];
    for (const one of asked) wrong.push(...(await this.#wrongOf(one)));
    expect(wrong.map((answer) => `${about}: ${answer}`)).toEqual([]);
    expect({ about, kept: await this.house.fingerprint() }).toEqual({ about, kept: before });
  }

  async #wrongOf({ path, method = 'POST', bodies, wanted }: Asked): Promise<string[]> {
    const asked = this.house.subjects.flatMap((subject, at) => {
      const isFar = subject.place === null || ['elsewhere', 'otherProvince'].includes(subject.place);
      const chosen = isFar ? [bodies[(at + this.#turn) % bodies.length]!] : bodies;
      return chosen.flatMap((body) => {
        const right = wanted(subject, body);
        return right === null ? [] : [{ subject, body, right }];
      });
    });
    const wrong: string[] = [];
    for (let from = 0; from < asked.length; from += 40) {
      const part = asked.slice(from, from + 40);
      const headers = { 'if-match': '"9999"' };
      const answers = await Promise.all(
        part.map(({ subject, body }) =>
          this.house.ask(subject, { method, path, headers, ...(method !== 'GET' && { body }) }),
        ),
      );
      for (const [at, { subject, body, right }] of part.entries()) {
        const { status } = answers[at]!;
        const what = (body as { type?: string }).type ?? method;
        if (!right.includes(status)) wrong.push(`${what} ${path}, ${subject.name}: ${status}, not ${right.join('/')}`);
      }
    }
    return wrong;
  }
}

/** A page, read by everybody. */
export function page(path: string, wanted: (subject: Subject) => number): Asked {
  return { method: 'GET', path, bodies: [{}], wanted: (subject) => [wanted(subject)] };
}
