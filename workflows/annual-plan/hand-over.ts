import { type HandOver, withIdReplaced } from '#libs/engine';
import type { PlanCycleContext } from './cycle-context.js';
import type { PlanItemContext } from './item-context.js';

/** A unit that has registered stays registered; one that has not is the successor now, once. */
export function handOverCycle(context: PlanCycleContext, change: HandOver): PlanCycleContext {
  const { from, to } = change;
  const { organisations, deadlines } = withIdReplaced(
    { organisations: context.organisations, deadlines: context.deadlines },
    change,
  );
  const isDone = context.registered.some((one) => one.organisationId === from);
  const units = isDone ? context.units : [...new Set(context.units.map((id) => (id === from ? to : id)))];
  const isAsked = context.opinions.some((one) => one.organisationId === to);
  const opinions = context.opinions.flatMap((one) => {
    if (one.organisationId !== from || one.answer !== null) return [one];
    return isAsked ? [] : [{ ...one, organisationId: to }];
  });
  return { ...context, organisations, deadlines, units, opinions };
}

export function handOverItem(context: PlanItemContext, change: HandOver): PlanItemContext {
  const { organisations, deadlines } = context;
  return { ...context, ...withIdReplaced({ organisations, deadlines }, change) };
}
