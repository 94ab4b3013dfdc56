import { PlanEntity } from './plan.entity.js';
import { PlanItemEntity } from './plan-item.entity.js';
import { PlanPreviewEntity } from './plan-preview.entity.js';

export { getPlanItem, type PlanPrincipal, PlanService } from './plan.service.js';
export { PlanCycleService } from './plan-cycle.service.js';
export { PlanItemService } from './plan-item.service.js';
export { parsePeriod } from './plan-period.js';
export type { PlanMeta } from './plan-process.js';
export type { PlanRoom } from './plan-setup.js';
export { PlanEntity, PlanItemEntity, PlanPreviewEntity };

/** For the data source. */
export const planEntities = [PlanEntity, PlanItemEntity, PlanPreviewEntity];
