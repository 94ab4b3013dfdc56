import { createDiskStore, type FileStore } from './file-store.js';
import { createS3Store } from './s3-store.js';
import { createVirusScanner } from './virus-scanner.js';

/** The store the configuration asks for. */
export function openStore(config: {
  readonly storageDir: string;
  readonly storageS3Url: string | undefined;
  readonly uploadLimitBytes: number;
  readonly virusScanner: string | undefined;
}): FileStore {
  const { storageDir: directory, storageS3Url: url, uploadLimitBytes: maxBytes, virusScanner: address } = config;
  const scanner = address === undefined ? undefined : createVirusScanner({ address });
  const settings = { directory, maxBytes, scanner };
  return url === undefined ? createDiskStore(settings) : createS3Store({ ...settings, url });
}
