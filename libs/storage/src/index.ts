export { downloadHeaders } from './download-headers.js';
export { createDiskStore, type FileStore, type StoredBytes } from './file-store.js';
export { type AcceptedMediaType, acceptedMediaTypes } from './media-type.js';
export { type TarEntry, tarOf } from './tar.js';
