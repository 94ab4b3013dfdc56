import DataLoader from 'dataloader';

/** Most keys one statement is asked for. */
const mostKeys = 100;

/**
 * Reads that are asked for in one turn of the event loop go as one: `read` gets their keys, each once, and answers what it found
 * by key. Nothing is kept between turns. The returned function gives null for a key that was not found.
 */
export function readTogether<Found>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
): (key: string) => Promise<Found | null> {
  const loader = new DataLoader<string, Found | null>(
    async (keys) => {
      const found = await read([...new Set(keys)]);
      return keys.map((key) => found.get(key) ?? null);
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: mostKeys },
  );
  return (key) => loader.load(key);
}
