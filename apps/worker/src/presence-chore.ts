import { randomUUID } from 'node:crypto';
import type { UnitOfWork } from '#libs/persistence';
import type { Queues } from '#libs/queue';
import { signAtWork, signLeave } from '#libs/runtime';
import type { Chore } from './sweep.js';

interface PresenceSettings {
  readonly everyBeats: number;
  readonly unitOfWork: UnitOfWork;
  readonly queues: Pick<Queues, 'backend' | 'isAway'>;
}

/** Tells the operator that somebody is at work, and whether the queue answers. */
export function createPresenceChore({ everyBeats, unitOfWork, queues }: PresenceSettings): Chore {
  const id = randomUUID();
  return {
    everyBeats,
    run: async () => {
      await unitOfWork.run((tx) => signAtWork(tx, { id, queue: queues.backend, isQueueAway: queues.isAway }));
      return false;
    },
    // Without the database nobody can be told; the row grows old by itself.
    stop: () => unitOfWork.run((tx) => signLeave(tx, id)).catch(() => undefined),
  };
}
