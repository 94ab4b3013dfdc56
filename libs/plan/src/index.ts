import { PlanEntity } from './plan.entity.js';
import { PlanItemEntity } from './plan-item.entity.js';
import { PlanPreviewEntity } from './plan-preview.entity.js';

export { getPlanItem, PlanService } from './plan.service.js';
export { PlanCycleService } from './plan-cycle.service.js';
export { PlanItemService } from './plan-item.service.js';
export type { PlanMeta } from './plan-process.js';

/** For the data source. */
export const planEntities = [PlanEntity, PlanItemEntity, PlanPreviewEntity];
