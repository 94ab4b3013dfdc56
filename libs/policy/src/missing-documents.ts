import type { DocumentKind } from '#contracts/proposal.js';
import type { Text } from '#contracts/text.js';
import type { ProvinceProfile, Severity } from './profile.js';
import { conditionHolds, type Trip } from './trip.js';

export interface MissingDocument {
  readonly kind: DocumentKind;
  readonly severity: Severity;
  readonly text: Text;
  readonly source: string | null;
}

/** What the dossier of this trip still lacks, in the order of the checklist. `attached`: kinds of the documents already there. */
export function missingDocuments(
  trip: Trip,
  attached: readonly DocumentKind[],
  profile: ProvinceProfile,
): readonly MissingDocument[] {
  // The dossier of a trip handled outside lies outside too.
  if (trip.handledOutside) return [];
  return profile.dossierChecklist
    .filter((row) => conditionHolds(trip, row.when) && !attached.includes(row.kind))
    .map((row) => ({ kind: row.kind, severity: row.severity, source: row.source, text: row.name }));
}
