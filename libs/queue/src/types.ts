export interface QueueLog {
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
  info(details: Readonly<Record<string, unknown>>, message: string): void;
}

export interface QueueOptions {
  /** The closed list of job names. A name nobody handles is a mistake found at boot, not in the night. */
  readonly names: readonly string[];
  /** `redis://…`. When absent the queue runs on PostgreSQL, in the schema `bullmq` of `databaseUrl`. */
  readonly redisUrl?: string | undefined;
  readonly databaseUrl?: string | undefined;
  /** Separates two installations that share one Redis or one database: letters, digits, hyphens. */
  readonly prefix: string;
  readonly log: QueueLog;
  /** How long to wait at boot and for each `add`, in real milliseconds. */
  readonly timeoutMs?: number;
  /** Real milliseconds after which a job of a killed process is taken over by another. */
  readonly lockMs?: number;
  /** Takes the trace along in a job, ids only; absent: jobs carry nothing. */
  readonly trace?: QueueTrace | undefined;
  /** First wait between two attempts of a failing job; doubles each time. */
  readonly backoffMs?: number;
}

export interface QueueTrace {
  produce<T>(name: string, work: (carried: object) => Promise<T>): Promise<T>;
  consume<T>(
    job: { readonly name: string; readonly id: string; readonly carried: object },
    work: () => Promise<T>,
  ): Promise<T>;
}

export type JobHandler = (id: string) => Promise<void>;

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

/** An alarm clock, never a record: jobs carry one id, and losing all of them loses nothing. */
export interface Queues {
  readonly backend: 'redis' | 'postgres';
  /** It was not there at boot, or did not answer when it was last asked. */
  readonly isAway: boolean;
  /**
   * Puts ids in line. An id that is already in line under this name is not added again; one that was handled may come
   * again. Rejects within `timeoutMs` when the queue does not answer.
   */
  add(name: string, ids: readonly string[]): Promise<void>;
  /** Declares the one handler of a name. Nothing runs before `start`. */
  consume(name: string, handler: JobHandler, options: { readonly concurrency: number }): void;
  /** Starts handling. Throws when a declared name has no handler. */
  start(): Promise<void>;
  counts(): Promise<Readonly<Record<string, JobCounts>>>;
  /**
   * Forgets jobs that used up their attempts longer ago than this. Until then the same id is not taken again, which is
   * what keeps a row that always fails from being tried every second.
   */
  forgetFailures(olderThanMs: number): Promise<number>;
  /** Waits for the jobs in hand, then lets go of the connections. */
  close(): Promise<void>;
}
