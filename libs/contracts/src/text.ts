/** A sentence people read, in both languages of the interface. Vietnamese is shown first. */
export interface Text {
  readonly vi: string;
  readonly en: string;
}
