import { setTimeout as pause } from 'node:timers/promises';

/** Where a system with CLOCK=manual runs, as `run.json` tells. */
export interface SystemAddress {
  /** `http://127.0.0.1:3000/api/v1` */
  readonly api: string;
  /** `http://127.0.0.1:1080` */
  readonly mailbox: string;
  /** Of every demo account. */
  readonly password: string;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the journey checks what it reads.
  readonly body: any;
}

export interface ReceivedMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Where the hands of the clock stood, ISO. */
  readonly at: string;
}

const settleTimeoutMs = 60_000;

/** A system seen from outside: sessions of the demo people, its clock and its mailbox. Nothing but HTTP. */
export class RunningSystem {
  readonly #cookies = new Map<string, string>();
  readonly #seenMails = new Set<string>();

  constructor(private readonly address: SystemAddress) {}

  /** `mailbox`: the demo account's name before the @. */
  async as(
    mailbox: string,
    path: string,
    { method, body, form, headers }: { method?: string; body?: object; form?: FormData; headers?: object } = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.address.api}${path}`, {
      method: method ?? (body || form ? 'POST' : 'GET'),
      headers: {
        cookie: await this.#cookieOf(mailbox),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: form ?? (body ? JSON.stringify(body) : null),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  }

  /** The body of an answer that must be a success; says what came instead. */
  async ask(mailbox: string, path: string, given: Parameters<RunningSystem['as']>[2] = {}): Promise<Answer['body']> {
    const answer = await this.as(mailbox, path, given);
    if (answer.status < 300) return answer.body;
    throw new Error(`${mailbox} ${given.method ?? ''} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async setClock(at: Date): Promise<void> {
    await this.ask(operator, '/test-clock', { body: { now: at.toISOString() } });
  }

  async now(): Promise<Date> {
    return new Date((await this.ask(operator, '/test-clock')).now);
  }

  /** Waits until the worker has nothing left to do at this instant. Gives the next instant at which it will. */
  async settle(): Promise<Date | null> {
    const patience = AbortSignal.timeout(settleTimeoutMs);
    for (;;) {
      const { settled, nextAt, work } = await this.ask(operator, '/test-clock/pending');
      if (settled) return nextAt === null ? null : new Date(nextAt);
      if (patience.aborted) throw new Error(`The worker did not settle: ${JSON.stringify(work)}`);
      await pause(40);
    }
  }

  /** Lets the days pass: stops at every instant at which something falls due, so that each mail leaves at its own time. */
  async advanceTo(target: Date, onMails: (mails: readonly ReceivedMail[]) => void): Promise<void> {
    for (;;) {
      const nextAt = await this.settle();
      onMails(await this.newMails());
      if (nextAt === null || nextAt > target) break;
      await this.setClock(nextAt);
    }
    if ((await this.now()) < target) await this.setClock(target);
    await this.settle();
    onMails(await this.newMails());
  }

  /** Mails that arrived since the last question, oldest first. */
  async newMails(): Promise<ReceivedMail[]> {
    const at = (await this.now()).toISOString();
    const response = await fetch(`${this.address.mailbox}/api/mails`);
    const mails = (await response.json()) as {
      id: string;
      envelope: { to: string[] };
      subject: string;
      text: string;
    }[];
    const fresh = mails.filter((mail) => !this.#seenMails.has(mail.id)).reverse();
    for (const mail of fresh) this.#seenMails.add(mail.id);
    return fresh.map(({ id, envelope, subject, text }) => ({ id, to: envelope.to.join(', '), subject, text, at }));
  }

  async #cookieOf(mailbox: string): Promise<string> {
    const known = this.#cookies.get(mailbox);
    if (known) return known;
    const response = await fetch(`${this.address.api}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${mailbox}@tuyenquang.example`, password: this.address.password }),
    });
    if (response.status !== 201) throw new Error(`Sign-in of ${mailbox} answered ${response.status}.`);
    const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    this.#cookies.set(mailbox, cookie);
    // A story is told mail by mail, so its people do not wait for the digest of the morning.
    await this.ask(mailbox, '/me/mail-settings', { method: 'PATCH', body: { delivery: 'single' } });
    return cookie;
  }
}

const operator = 'quantri.sngv';
