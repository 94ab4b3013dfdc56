import type { EventPreview } from '#contracts/case.js';
import { mailDirectory, namesOfPeople, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { DeadlineChange } from '#libs/runtime';
import { deadlineText } from './state-texts.js';

/** With the names of those who would be told. Who hears of a deadline that begins or ends hears of the work itself. */
export async function deadlinesShown(
  tx: Tx,
  given: { deadlines: readonly DeadlineChange[]; principal: Pick<SessionPrincipal, 'provinceId'>; at: Date },
): Promise<EventPreview['deadlines']> {
  const shown: EventPreview['deadlines'] = [];
  for (const { name, from, to, explanation, holders } of given.deadlines) {
    const found = await Promise.all(holders.map((holder) => mailDirectory.peopleFor(tx, holder, given.at)));
    const personIds = [...new Set(found.flat().map(({ personId }) => personId))];
    const names = await namesOfPeople(tx, { provinceId: given.principal.provinceId, personIds });
    shown.push({
      name,
      text: deadlineText(name),
      from: from?.toISOString() ?? null,
      to: to?.toISOString() ?? null,
      explanation,
      told: personIds.map((id) => ({ id, fullName: names.get(id) ?? '' })),
    });
  }
  return shown;
}
