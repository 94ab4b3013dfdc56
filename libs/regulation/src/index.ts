export { regulationEntities } from './entities.js';
export { focalCodesOf, ProfileBook, versionInForce } from './profile-book.js';
