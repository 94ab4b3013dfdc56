export { type FileRejectionReason, fileRejection } from './file-rejection.js';
export { defaultLimits, type ReadLimits } from './limits.js';
export { readTables, type UploadedFile } from './read-tables.js';
export { type Cell, cleanText, type Row, type Table, type TableFileKind, type TableGrid } from './table-grid.js';
