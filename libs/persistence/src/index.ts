export { createUnitOfWork, type Tx, type UnitOfWork } from './unit-of-work.js';
