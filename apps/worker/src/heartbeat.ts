/** The only timer loop of the product. Everything that happens "later" is a due row which a beat finds. */
export interface Heartbeat {
  start(): void;
  /** Waits for the beat in progress. */
  stop(): Promise<void>;
}

interface HeartbeatSettings {
  /** Real milliseconds between the end of a beat and the next. */
  readonly intervalMs: number;
  /** True: there was more to do than one beat takes, so the next follows at once. A fault must be handled inside. */
  readonly beat: () => Promise<boolean>;
}

export function createHeartbeat({ intervalMs, beat }: HeartbeatSettings): Heartbeat {
  let stopped = false;
  let wake: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    while (!stopped) {
      const more = await beat();
      if (!stopped && !more) await rest();
    }
  };
  const rest = () =>
    new Promise<void>((resolve) => {
      const timeout = setTimeout(resolve, intervalMs);
      wake = () => {
        clearTimeout(timeout);
        resolve();
      };
    });
  return {
    start() {
      running = run();
    },
    stop() {
      stopped = true;
      wake();
      return running;
    },
  };
}
