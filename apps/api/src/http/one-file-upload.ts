import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Observable } from 'rxjs';
import { AppError } from '#contracts/errors.js';
import type { AppConfig } from '#libs/config';
import { configToken } from '../tokens.js';

/** A file held in memory, as multer hands it over. */
export interface ReceivedFile {
  readonly originalname: string;
  readonly buffer: Buffer;
}

/** Takes the form field `file`, up to UPLOAD_LIMIT_MB. Throws FILE_TOO_LARGE. The controller sees undefined when no file was sent. */
@Injectable()
export class OneFileUpload implements NestInterceptor {
  private readonly limitBytes: number;
  private readonly receiver: NestInterceptor;

  constructor(@Inject(configToken) config: AppConfig) {
    this.limitBytes = config.uploadLimitBytes;
    const Receiver = FileInterceptor('file', {
      // Browsers send names in UTF-8; multer would read them as Latin-1.
      defParamCharset: 'utf8',
      limits: { fileSize: this.limitBytes, files: 1, fields: 20, fieldSize: 64 * 1024, parts: 24, headerPairs: 50 },
    } as object);
    this.receiver = new Receiver();
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    try {
      return await this.receiver.intercept(context, next);
    } catch (error) {
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

/** Throws VALIDATION_FAILED when the form had no file. */
export function requireFile(file: ReceivedFile | undefined): { name: string; bytes: Buffer } {
  if (file) return { name: file.originalname, bytes: file.buffer };
  const text = { vi: 'Chưa chọn tệp.', en: 'No file was chosen.' };
  throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'file', text }] });
}
