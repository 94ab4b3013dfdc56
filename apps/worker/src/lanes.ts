/** Work that a beat wakes and does not wait for, because a server outside may take its time. */
export interface Lanes {
  /** Begins the work; when all lanes are busy, it is begun once more as soon as one is free. */
  wake(): void;
  /** Waits for the work in progress and begins no more. */
  stop(): Promise<void>;
}

export type Begin = (work: () => Promise<void>) => void;

/** `most`: side by side. `work` handles its own faults. `begin`: how work is set going; by itself unless somebody decides about turns. */
export function createLanes({
  most,
  work,
  begin = (started) => void started(),
}: {
  readonly most: number;
  readonly work: () => Promise<void>;
  readonly begin?: Begin | undefined;
}): Lanes {
  const busy = new Set<Promise<void>>();
  let again = false;
  let stopped = false;
  const wake = () => {
    if (stopped) return;
    if (busy.size >= most) {
      again = true;
      return;
    }
    let ended: () => void = () => undefined;
    const lane = new Promise<void>((resolve) => {
      ended = resolve;
    });
    busy.add(lane);
    begin(async () => {
      if (!stopped) await work();
      busy.delete(lane);
      ended();
      if (!again) return;
      again = false;
      wake();
    });
  };
  return {
    wake,
    async stop() {
      stopped = true;
      await Promise.all(busy);
    },
  };
}
