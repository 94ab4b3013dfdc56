export { CorrespondenceService } from './correspondence.service.js';
export { correspondenceEntities } from './entities.js';
export { takeNumber } from './number-book.js';
