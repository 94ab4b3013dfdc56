import type { BenchHouse, Contender } from './workload.js';

/** What a use case does: one transaction, lock, the task that is open, apply. */
export function throughRuntime({ runtime, unitOfWork }: BenchHouse): Contender {
  return {
    name: 'through the runtime',
    decide: ({ instanceId, principalId }, { type }) =>
      unitOfWork.run(async (tx) => {
        const locked = await runtime.lock(tx, { instanceId });
        const outcome = await runtime.apply(tx, locked, {
          event: { type },
          principal: { personId: principalId },
          taskId: locked.openTasks[0]!.id,
          expectedVersion: locked.version,
        });
        return outcome.kind === 'applied';
      }),
  };
}
