import { AppError } from '#contracts/errors.js';
import type { MailSettings, MailSettingsPatch } from '#contracts/mail-settings.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

const changeSettings: PreparedStatement = {
  name: 'organisation_change_mail_settings',
  text: `update people set mail_delivery = coalesce($2, mail_delivery), language = coalesce($3, language) where id = $1
    returning mail_delivery as delivery, language`,
};

const readSettings: PreparedStatement = {
  name: 'organisation_read_mail_settings',
  text: 'select mail_delivery as delivery, language from people where id = $1',
};

/** Throws NOT_FOUND when the person is gone. */
export async function readMailSettings(tx: Tx, personId: string): Promise<MailSettings> {
  const [found] = await runPrepared<MailSettings>(tx, readSettings, [personId]);
  if (found === undefined) throw new AppError('NOT_FOUND');
  return found;
}

/** Counts for what is written from now on; what is planned already keeps its way and its language. Throws NOT_FOUND. */
export async function changeMailSettings(
  tx: Tx,
  { personId, patch }: { readonly personId: string; readonly patch: MailSettingsPatch },
): Promise<MailSettings> {
  const values = [personId, patch.delivery ?? null, patch.language ?? null];
  const [changed] = await runPrepared<MailSettings>(tx, changeSettings, values);
  if (changed === undefined) throw new AppError('NOT_FOUND');
  return changed;
}
