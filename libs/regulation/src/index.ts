export { regulationEntities } from './entities.js';
export { focalCodesOf, ProfileBook, versionInForce } from './profile-book.js';
export { RegulationService } from './regulation.service.js';
export { readForProvince } from './rule-versions.js';
