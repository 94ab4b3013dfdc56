export { CorrespondenceService } from './correspondence.service.js';
export { correspondenceEntities } from './entities.js';
export type { Form } from './forms/form.js';
export { LetterheadService } from './letterheads.js';
export { takeNumber } from './number-book.js';
export {
  attachSignedPaper,
  composePaper,
  issuedPaperFile,
  issuedPapers,
  issuePaper,
  type OfficePaper,
  signedPaperFile,
  voidPaper,
} from './office-paper.js';
