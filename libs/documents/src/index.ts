export { type FileRejectionReason, fileRejection } from './file-rejection.js';
export { defaultLimits, type ReadLimits } from './limits.js';
export { dateInWords, numberText, shortDate } from './official/document-number.js';
export { amountInDigits, amountInWords, numberInWords } from './official/number-words.js';
export type {
  Annex,
  Block,
  DocumentNumber,
  Letterhead,
  OfficialDocument,
  SignatureBlock,
  TableBlock,
} from './official/official-document.js';
export {
  authorityMarks,
  headTitleOfDeputy,
  type Signing,
  type SigningAuthority,
  signatureBlock,
  titleForSignature,
} from './official/signature.js';
export { readTables, type UploadedFile } from './read-tables.js';
export { type Cell, cleanText, type Row, type Table, type TableFileKind, type TableGrid } from './table-grid.js';
export type { TableFile, TableFileColumn, TableFileRow } from './tables/table-file.js';
export { writeOfficialDocument, writeTableDocument, writeTableWorkbook } from './writers.js';
