export { dateInWords, numberText, shortDate } from './official/document-number.js';
export { amountInDigits, amountInWords } from './official/number-words.js';
export type {
  Annex,
  Block,
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
export type { Cell, Row, Table, TableFileKind, TableGrid } from './table-grid.js';
export type { TableFile, TableFileRow } from './tables/table-file.js';
export { writeOfficialDocument, writeTableDocument, writeTableWorkbook } from './writers.js';
