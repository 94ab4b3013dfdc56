/**
 * What one uploaded file may cost. A provincial plan has tens of lines; these leave room for a hundred times that and keep
 * the memory of one reading below about 200 MB. Our own choice, no outside source.
 */
export interface ReadLimits {
  readonly fileBytes: number;
  readonly zipEntries: number;
  /** All entries of an archive together, unpacked. */
  readonly unpackedBytes: number;
  /** Unpacked to packed, of one entry larger than `ratioFloorBytes`. Office XML packs up to about 40:1. */
  readonly unpackRatio: number;
  readonly ratioFloorBytes: number;
  readonly xmlDepth: number;
  readonly tables: number;
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
  /** Characters of all cells together. */
  readonly characters: number;
}

export const defaultLimits: ReadLimits = {
  fileBytes: 20 * 1024 * 1024,
  zipEntries: 2_000,
  unpackedBytes: 64 * 1024 * 1024,
  unpackRatio: 200,
  ratioFloorBytes: 1024 * 1024,
  xmlDepth: 200,
  tables: 50,
  rows: 5_000,
  columns: 100,
  cells: 100_000,
  characters: 10_000_000,
};
