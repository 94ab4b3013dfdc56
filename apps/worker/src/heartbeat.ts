/** The only timer loop of the product. Everything that happens "later" is a due row which a beat finds. */
export interface Heartbeat {
  start(): void;
  /** Waits for the beat in progress. */
  stop(): Promise<void>;
}

interface HeartbeatSettings {
  /** Answers after how many real milliseconds the next beat is wanted. A fault must be handled inside. */
  readonly beat: () => Promise<number>;
}

export function createHeartbeat({ beat }: HeartbeatSettings): Heartbeat {
  let stopped = false;
  let wake: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    while (!stopped) {
      const restMs = await beat();
      if (!stopped && restMs > 0) await rest(restMs);
    }
  };
  const rest = (restMs: number) =>
    new Promise<void>((resolve) => {
      const timeout = setTimeout(resolve, restMs);
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
