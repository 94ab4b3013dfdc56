import type { Logger } from 'pino';
import type { UnitOfWork } from '#libs/persistence';
import type { Runtime } from '#libs/runtime';

interface TimerHandlerSettings {
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly logger: Logger;
}

/** One timer, one transaction. Called twice for the same timer, the second call finds it fired. */
export function createTimerHandler({ unitOfWork, runtime, logger }: TimerHandlerSettings) {
  return async (timerId: string): Promise<void> => {
    const outcome = await unitOfWork.run((tx) => runtime.fireTimer(tx, timerId));
    logger.debug({ timer: timerId, outcome }, 'timer');
  };
}
