import type { Tx } from '#libs/persistence';
import type { MailDirectory } from '#libs/runtime';
import { recipientDirectory } from './recipient-directory.js';

/** Who holds an assignment, and the address and language of each person; a person who left comes back as not active. */
export const mailDirectory: MailDirectory = {
  ...recipientDirectory,
  async mailboxes(tx: Tx, personIds: readonly string[]) {
    if (personIds.length === 0) return [];
    return tx.query(
      'select id as "personId", email as address, language, active from people where id = any($1::uuid[])',
      [personIds],
    );
  },
};
