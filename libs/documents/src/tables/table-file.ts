/** A ruled list with titles above and remarks below, before it becomes a sheet or a Word document. */
export interface TableFile {
  /** Name of the sheet. */
  readonly name: string;
  /** Lines above the table; the first is the title. */
  readonly headings: readonly string[];
  readonly columns: readonly TableFileColumn[];
  readonly rows: readonly TableFileRow[];
  readonly footnotes: readonly string[];
}

export interface TableFileColumn {
  readonly header: string;
  /** Share of the width of the page. */
  readonly share: number;
  /** Numbers stand right. */
  readonly align?: 'left' | 'centre' | 'right';
}

export type TableFileRow =
  | { readonly kind: 'cells'; readonly texts: readonly string[] }
  /** One line across all columns: the title of a section. */
  | { readonly kind: 'across'; readonly text: string };
