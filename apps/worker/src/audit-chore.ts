import type { Logger } from 'pino';
import type { Clock } from '#libs/calendar';
import type { UnitOfWork } from '#libs/persistence';
import { copyCheckpoints, type Signer, sealCheckpoint } from '#libs/runtime';
import type { Chore } from './sweep.js';

/**
 * Signs what is new and copies it outside. The copy comes after the commit and looks at what the folder lacks, so a crash in between, or a
 * folder that was away for a while, is made up for by the next round.
 */
export function createAuditChore(given: {
  readonly everyBeats: number;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly directory: string;
  readonly logger: Logger;
}): Chore {
  const { unitOfWork, clock, signer, directory, logger } = given;
  return {
    everyBeats: given.everyBeats,
    async run() {
      const sealed = await unitOfWork.run((tx) => sealCheckpoint(tx, { at: clock.now(), signer }));
      if (sealed.number !== null) logger.info({ checkpoint: sealed.number, leaves: sealed.leaves }, 'audit checkpoint');
      await unitOfWork.run((tx) => copyCheckpoints(tx, directory));
      return sealed.more;
    },
  };
}
