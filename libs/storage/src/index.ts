export { downloadHeaders } from './download-headers.js';
export { createDiskStore, type FileStore, type StoredBytes, type StoreSettings } from './file-store.js';
export { type AcceptedMediaType, acceptedMediaTypes } from './media-type.js';
export { openStore } from './open-store.js';
export { createS3Store } from './s3-store.js';
export { sweepDrafts } from './sweep-drafts.js';
export { type TarEntry, tarOf } from './tar.js';
export { createVirusScanner, type VirusScanner } from './virus-scanner.js';
