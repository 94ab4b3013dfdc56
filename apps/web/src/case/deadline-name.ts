import { type DeadlineName, deadlineTexts } from '#contracts/deadline-names.js';
import type { Text } from '#contracts/text.js';

/** A deadline this web does not know yet is shown by its id. */
export const deadlineName = (id: string): Text => deadlineTexts[id as DeadlineName] ?? { vi: id, en: id };
