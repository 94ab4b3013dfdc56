export { delegationEntities } from './entities.js';
