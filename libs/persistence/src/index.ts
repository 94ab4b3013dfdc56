export { arrayText } from './array-text.js';
export { createDataSource } from './data-source.js';
export { isUniqueViolation, type PreparedStatement, runPrepared } from './prepared.js';
export { createPreparedReader, type PreparedReader } from './prepared-reader.js';
export { readTogether } from './read-together.js';
export { type DumpedTable, dumpTables, loadTables } from './table-dump.js';
export { createUnitOfWork, type Tx, type UnitOfWork, untilCommit } from './unit-of-work.js';
