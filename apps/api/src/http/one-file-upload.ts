import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { finalize, type Observable } from 'rxjs';
import { AppError } from '#contracts/errors.js';
import type { AppConfig } from '#libs/config';
import { configToken } from '../tokens.js';
import type { ApiRequest } from './api-request.js';

/** A file as it was received: a draft on the disk, there until the request is answered. */
export interface ReceivedFile {
  readonly originalname: string;
  readonly path: string;
  /** Hex, of the bytes. */
  readonly sha256: string;
}

interface Incoming {
  readonly originalname: string;
  readonly stream: Readable;
}

/**
 * Takes the form field `file`, up to UPLOAD_LIMIT_MB, straight to a draft on the disk: the memory holds a few pieces of it, however large.
 * Throws FILE_TOO_LARGE. The controller sees undefined when no file was sent.
 */
@Injectable()
export class OneFileUpload implements NestInterceptor {
  private readonly limitBytes: number;
  private readonly receiver: NestInterceptor;

  constructor(@Inject(configToken) config: AppConfig) {
    this.limitBytes = config.uploadLimitBytes;
    const Receiver = FileInterceptor('file', {
      // Browsers send names in UTF-8; multer would read them as Latin-1.
      defParamCharset: 'utf8',
      storage: draftsIn(path.join(config.storageDir, 'uploads')),
      limits: { fileSize: this.limitBytes, files: 1, fields: 20, fieldSize: 64 * 1024, parts: 24, headerPairs: 50 },
    } as object);
    this.receiver = new Receiver();
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<ApiRequest & { file?: ReceivedFile }>();
    const forget = () => request.file && void rm(request.file.path, { force: true });
    try {
      const answer = await this.receiver.intercept(context, next);
      return answer.pipe(finalize(forget));
    } catch (error) {
      forget();
      if (!(error instanceof HttpException) || error.getStatus() !== 413) throw error;
      const megabytes = Math.floor(this.limitBytes / 1024 / 1024);
      const text = { vi: `Tệp lớn hơn ${megabytes} MB.`, en: `The file is larger than ${megabytes} MB.` };
      throw new AppError(
        'FILE_TOO_LARGE',
        { reason: 'TOO_LARGE', limitBytes: this.limitBytes, text },
        { cause: error },
      );
    }
  }
}

/** What multer asks of a place for files. */
function draftsIn(directory: string) {
  type Done = (error: unknown, kept?: Pick<ReceivedFile, 'path' | 'sha256'>) => void;
  return {
    _handleFile(_request: unknown, file: Incoming, done: Done): void {
      keep(directory, file.stream).then((kept) => done(null, kept), done);
    },
    _removeFile(_request: unknown, file: Partial<ReceivedFile>, done: Done): void {
      if (file.path === undefined) done(null);
      else rm(file.path, { force: true }).then(() => done(null), done);
    },
  };
}

async function keep(directory: string, stream: Readable): Promise<Pick<ReceivedFile, 'path' | 'sha256'>> {
  await mkdir(directory, { recursive: true });
  const draft = path.join(directory, randomUUID());
  const hash = createHash('sha256');
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  };
  try {
    await pipeline(stream, counted, createWriteStream(draft, { mode: 0o600 }));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return { path: draft, sha256: hash.digest('hex') };
}

async function* bytesOf(draft: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(draft);
}

/** Throws VALIDATION_FAILED when the form had no file. */
export function requireFile(file: ReceivedFile | undefined): { name: string; source: AsyncIterable<Uint8Array> } {
  // Opened only when somebody reads: a request that is refused before leaves no file open.
  if (file) return { name: file.originalname, source: { [Symbol.asyncIterator]: () => bytesOf(file.path) } };
  const text = { vi: 'Chưa chọn tệp.', en: 'No file was chosen.' };
  throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'file', text }] });
}

type FormSchema = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];

/** The route takes a form with the field `file` and what else `schema` says. */
export function TakesFile(schema: FormSchema) {
  return applyDecorators(UseInterceptors(OneFileUpload), ApiConsumes('multipart/form-data'), ApiBody({ schema }));
}
