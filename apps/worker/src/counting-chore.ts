import type { UnitOfWork } from '#libs/persistence';
import { countTrips } from '#libs/reporting';
import type { Chore } from './sweep.js';

/** Batches of one beat, so that a beat ends. */
const mostBatches = 20;

/** Counts again, for the reports, the trips that have changed. */
export function createCountingChore({ everyBeats, unitOfWork }: { everyBeats: number; unitOfWork: UnitOfWork }): Chore {
  return {
    everyBeats,
    run: async () => {
      for (let batches = 0; batches < mostBatches; batches += 1)
        if ((await countTrips(unitOfWork)) !== 'more') return false;
      return true;
    },
  };
}
