import { PlanEntity } from './plan.entity.js';
import { PlanItemEntity } from './plan-item.entity.js';
import { PlanPreviewEntity } from './plan-preview.entity.js';

export { getPlanItem, type PlanPrincipal, type PlanRoom, PlanService } from './plan.service.js';
export { parsePeriod } from './plan-period.js';
export { type ReadPlan, type ReadPlanOptions, type ReadPlanRow, readPlan } from './plan-reader.js';
export { PlanEntity, PlanItemEntity, PlanPreviewEntity };

/** For the data source. */
export const planEntities = [PlanEntity, PlanItemEntity, PlanPreviewEntity];
