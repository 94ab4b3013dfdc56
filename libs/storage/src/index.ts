export { downloadHeaders } from './download-headers.js';
export { createDiskStore, type FileStore, type StoredBytes } from './file-store.js';
export { openStore } from './open-store.js';
export { createS3Store } from './s3-store.js';
export { sweepDrafts } from './sweep-drafts.js';
export { type TarEntry, tarOf } from './tar.js';
export { createVirusScanner } from './virus-scanner.js';
