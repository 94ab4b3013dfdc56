import { IdentityPaperEntity } from './identity-paper.entity.js';
import { RetentionRuleEntity, RetentionRunEntity } from './retention.entity.js';

export { IdentityPapersService } from './identity-papers.service.js';
export { type KeyAge, keyAges, keyPeriodDays } from './key-ages.js';
export { OwnDataService } from './own-data.service.js';
export { applyDailyRetention, applyRetention, type RetentionHouse } from './retention.js';
export { RetentionService, retentionReport } from './retention.service.js';
export { type Rotation, rotateKeys } from './rotate-keys.js';

/** For the data source. */
export const privacyEntities = [IdentityPaperEntity, RetentionRuleEntity, RetentionRunEntity];
