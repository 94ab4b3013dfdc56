import type { AmendmentView } from '#contracts/official-documents.js';
import type { OrganisationView } from '#contracts/organisation.js';
import type { CalendarDay } from '#libs/calendar';
import type { CaseRecord } from '#libs/delegation';
import type { Annex, Block } from '#libs/documents';
import type { Issuer } from '../issuer.js';

/** Number and day of a document, as it is cited. */
export interface Citation {
  readonly number: string;
  readonly date: CalendarDay | null;
}

/** All that a form is filled from. */
export interface Filling {
  readonly record: CaseRecord;
  readonly issuer: Issuer;
  readonly organisations: ReadonlyMap<string, OrganisationView>;
  readonly province: { readonly name: string };
  readonly today: CalendarDay;
  /** Documents of the case that have a number already, the newest of each type. */
  readonly issued: ReadonlyMap<string, Citation>;
  readonly amendment: AmendmentView;
  readonly subject: string;
  readonly reason: string | null;
}

/** What a form says; letterhead, number, day and signature are put around it. */
export interface Form {
  /** Type code of the number: "QĐ", "TTr"; null for a công văn. */
  readonly code: string | null;
  /** In capitals; null for a công văn. */
  readonly title: string | null;
  readonly subject: string;
  readonly authorityLine?: string;
  readonly addressees?: readonly string[];
  readonly body: readonly Block[];
  readonly recipients: readonly string[];
  readonly annexes?: readonly Annex[];
  /** It carries the number of another document. */
  readonly withoutNumber?: true;
}
