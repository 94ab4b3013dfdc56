import type { DelegationEventInput } from '#contracts/delegation-events.js';
import { AppError } from '#contracts/errors.js';
import type { ProposalContent } from '#contracts/proposal.js';
import type { Text } from '#contracts/text.js';
import { dayOf } from '#libs/calendar';
import { namesOfPeople, organisationsOn } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';

const fileStatement = {
  name: 'delegation_file_of_case',
  text: 'select 1 from dossier_documents where instance_id = $1 and file_id = $2',
};

/**
 * Organisations and files an event names belong to its province and its case: an agency of another province would find the case
 * in its inbox. Nor does a document bear a day that is still to come. Most events cost nothing here. Throws VALIDATION_FAILED.
 */
export async function requireKnownReferences(
  tx: Tx,
  given: { event: DelegationEventInput; caseId: string; provinceId: string; now: Date },
): Promise<void> {
  const { event, caseId, provinceId, now } = given;
  if (event.type === 'REQUEST_OPINION') {
    const known = new Set((await organisationsOn(tx, { provinceId, on: dayOf(now) })).map((row) => row.id));
    const paths = event.organisationIds.flatMap((id, index) => (known.has(id) ? [] : [`organisationIds.${index}`]));
    refuse(paths, { vi: 'Tỉnh không có cơ quan này.', en: 'The province has no such organisation.' });
  }
  const document = 'document' in event ? event.document : undefined;
  if (document && document.date > dayOf(now)) {
    refuse(['document.date'], { vi: 'Ngày văn bản chưa tới.', en: 'The day of the document is still to come.' });
  }
  const fileId = document?.fileId;
  if (fileId === undefined) return;
  const found = await runPrepared(tx, fileStatement, [caseId, fileId]);
  const text = { vi: 'Hồ sơ không có tệp này.', en: 'The dossier has no such file.' };
  if (found.length === 0) refuse(['document.fileId'], text);
}

/** Members with an account are people of the province. `path`: where the members stand in the request. Throws VALIDATION_FAILED. */
export async function requireKnownMembers(
  tx: Tx,
  given: { members: ProposalContent['members'] | undefined; provinceId: string; path: string },
): Promise<void> {
  const { members = [], provinceId, path } = given;
  const personIds = members.map((member) => member.personId).filter((id) => id !== null);
  const known = await namesOfPeople(tx, { provinceId, personIds });
  const paths = members.flatMap(({ personId }, index) =>
    personId === null || known.has(personId) ? [] : [`${path}.${index}.personId`],
  );
  refuse(paths, { vi: 'Tỉnh không có người này.', en: 'The province has no such person.' });
}

function refuse(paths: readonly string[], text: Text): void {
  if (paths.length > 0) throw new AppError('VALIDATION_FAILED', { fields: paths.map((path) => ({ path, text })) });
}
