import { deadlineTexts } from '#contracts/deadline-names.js';
import { planDeadlineTexts } from '#contracts/plan-deadline-names.js';
import type { Text } from '#contracts/text.js';

const names: Readonly<Record<string, Text>> = { ...deadlineTexts, ...planDeadlineTexts };

/** A deadline this web does not know yet is shown by its id. */
export const deadlineName = (id: string): Text => names[id] ?? { vi: id, en: id };
