import { LetterheadEntity } from './letterhead.entity.js';
import { NumberBookEntity } from './number-book.entity.js';
import { OfficialDocumentEntity } from './official-document.entity.js';

/** For the data source. */
export const correspondenceEntities = [LetterheadEntity, NumberBookEntity, OfficialDocumentEntity];
