export { createTestDatabase, type TestDatabase, testRedisUrl } from './database.js';
