import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Response } from 'express';

/** What a service hands out as a download: how it is called and what kind it is stands in the headers. */
export type FileToSend = { readonly headers: Record<string, string> } & (
  | { readonly stream: Readable }
  | { readonly bytes: Uint8Array }
);

export function sentFile(response: Response, file: FileToSend): StreamableFile {
  response.set(file.headers);
  return 'stream' in file ? new StreamableFile(file.stream) : new StreamableFile(file.bytes);
}
