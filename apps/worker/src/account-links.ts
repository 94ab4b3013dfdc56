import type { Clock } from '#libs/calendar';
import { needsAccountLink } from '#libs/delegation';
import { mintAccountLink } from '#libs/organisation';
import type { UnitOfWork } from '#libs/persistence';

/**
 * The link of a mail that sets a password is made when the mail leaves, so that no row of the outbox or the ledger ever held it. A
 * second try makes a new one. `clock`: the time of browsers.
 */
export function createAccountLinks(room: {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly publicUrl: string;
}) {
  return async ({ template, personId }: { template: string; personId: string }): Promise<string | null> => {
    if (!needsAccountLink(template)) return null;
    const at = room.clock.now();
    const token = await room.unitOfWork.run((tx) => mintAccountLink(tx, { personId, at }));
    return `${room.publicUrl}/account#${token}`;
  };
}
