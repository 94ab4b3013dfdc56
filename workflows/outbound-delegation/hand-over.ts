import { type HandOver, withIdReplaced } from '#libs/engine';
import type { DelegationContext } from './context.js';

/**
 * Sáp nhập, chia tách: what is still to be done belongs to the successor. Approvals, answered opinions and documents keep who gave
 * them. Was the successor asked for an opinion, too, its own stands for both.
 */
export function handOver(context: DelegationContext, change: HandOver): DelegationContext {
  const { organisations, steps, ladders } = withIdReplaced(
    { organisations: context.organisations, steps: context.steps, ladders: context.ladders },
    change,
  );
  const isAsked = context.opinions.some((opinion) => opinion.organisationId === change.to);
  const opinions = context.opinions.flatMap((opinion) => {
    if (opinion.organisationId !== change.from || opinion.answer !== null) return [opinion];
    return isAsked ? [] : [{ ...opinion, organisationId: change.to }];
  });
  return { ...context, organisations, steps, ladders, opinions };
}
