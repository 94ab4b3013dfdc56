import { AppError } from '#contracts/errors.js';
import type { NumberRegister, NumberRegisterQuery } from '#contracts/official-documents.js';
import { dayOf } from '#libs/calendar';
import type { OfficialDocument } from '#libs/documents';
import { organisationsOn, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { numberOf, stateOf } from './document-view.js';
import { documentsInRegister, type RegisteredDocument } from './documents.repository.js';

/** Roles that look after an office's own books. */
const keepers: readonly string[] = ['clerk', 'unitOfficer', 'unitHead', 'leader'];

/**
 * Every number of the year, voided ones too. A clerk of the office that keeps the committee's seal sees the committee's books; inspector and
 * administrator see all. Throws FORBIDDEN for an office the reader has no part in.
 */
export async function readRegister(
  tx: Tx,
  given: { principal: SessionPrincipal; query: NumberRegisterQuery; now: Date },
): Promise<NumberRegister> {
  const { principal, query } = given;
  const { provinceId } = principal;
  const organisations = await organisationsOn(tx, { provinceId, on: dayOf(given.now) });
  const all = principal.roles.some(({ role }) => role === 'inspector' || role === 'administrator');
  const own = new Set(
    principal.roles.filter(({ role }) => keepers.includes(role)).map(({ organisationId }) => organisationId),
  );
  for (const { id, kind, parentId } of organisations) {
    if (kind === 'office' && own.has(id) && parentId !== null) own.add(parentId);
  }
  const shown = organisations.filter(({ id }) => all || own.has(id));
  const wanted = query.organisationId === undefined ? shown : shown.filter(({ id }) => id === query.organisationId);
  if (wanted.length === 0) throw new AppError('FORBIDDEN');
  const organisationIds = wanted.map(({ id }) => id);
  const found = await documentsInRegister(tx, { organisationIds, year: query.year });
  const books = new Map<string, RegisteredDocument[]>();
  for (const document of found) {
    const key = `${document.organisationId} ${document.series}`;
    books.set(key, [...(books.get(key) ?? []), document]);
  }
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  return {
    books: [...books.values()].map((documents) => {
      const { organisationId, series } = documents[0]!;
      return {
        organisation: { id: organisationId, name: names.get(organisationId) ?? '' },
        series: series ?? '',
        lastNumber: Math.max(...documents.map(({ number }) => number ?? 0)),
        entries: documents.map((document) => ({
          documentId: document.id,
          number: numberOf(document) ?? '',
          date: document.date ?? '',
          title: (document.content as OfficialDocument).subject,
          caseCode: document.caseCode,
          state: stateOf(document) as 'numbered' | 'signed' | 'void',
        })),
      };
    }),
  };
}
