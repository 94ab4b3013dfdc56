import type { Logger } from 'pino';
import { carryOutDue, type SuccessionDependencies } from '#libs/delegation';
import type { UnitOfWork } from '#libs/persistence';
import type { Chore } from './sweep.js';

/** Carries out, one a round, what waited for its day: a merger or a split entered before. */
export function createSuccessionChore(
  given: SuccessionDependencies & { everyBeats: number; unitOfWork: UnitOfWork; logger: Logger },
): Chore {
  const { everyBeats, unitOfWork, logger } = given;
  return {
    everyBeats,
    run: async () => {
      const isDone = await unitOfWork.run((tx) => carryOutDue(tx, given));
      if (isDone) logger.info('a succession of organisations was carried out');
      return isDone;
    },
  };
}
