import type { PlanItemContext } from './item-context.js';
import { type TaskOpening, waitsOf } from './waits.js';

export const planItemTaskKinds = ['receiveItem', 'supplementItem', 'clearItemCondition'] as const;
export type PlanItemTaskKind = (typeof planItemTaskKinds)[number];

/** While the levels decide, the line waits with the plan and has no task of its own. */
export function itemTasksOf(kind: PlanItemTaskKind, { organisations }: PlanItemContext): readonly TaskOpening[] {
  const { unitId, focalId } = organisations;
  const focal = { role: 'reviewer', organisationId: focalId } as const;
  // An imported line may name no unit of the province; then the focal agency sees to it.
  const unit = unitId === null ? focal : ({ role: 'unitOfficer', organisationId: unitId } as const);
  return [{ key: kind, kind, assignee: kind === 'receiveItem' ? focal : unit }];
}

export const { open, close, waitsFor } = waitsOf(itemTasksOf);
