import { type CallHandler, type ExecutionContext, HttpException, type NestInterceptor } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Observable } from 'rxjs';
import { AppError } from '#contracts/errors.js';

/** A file held in memory, as multer hands it over. */
export interface ReceivedFile {
  readonly originalname: string;
  readonly buffer: Buffer;
}

export const fileLimitBytes = 20 * 1024 * 1024;

const Receiver = FileInterceptor('file', {
  // Browsers send names in UTF-8; multer would read them as Latin-1.
  defParamCharset: 'utf8',
  limits: { fileSize: fileLimitBytes, files: 1, fields: 20, fieldSize: 64 * 1024, parts: 24, headerPairs: 50 },
} as object);

/** Takes the form field `file`, at most 20 MB. Throws FILE_TOO_LARGE. The controller sees undefined when no file was sent. */
export class OneFileUpload implements NestInterceptor {
  private readonly receiver: NestInterceptor = new Receiver();

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    try {
      return await this.receiver.intercept(context, next);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() !== 413) throw error;
      const text = { vi: 'Tệp lớn hơn 20 MB.', en: 'The file is larger than 20 MB.' };
      throw new AppError('FILE_TOO_LARGE', { reason: 'TOO_LARGE', limitBytes: fileLimitBytes, text }, { cause: error });
    }
  }
}

/** Throws VALIDATION_FAILED when the form had no file. */
export function requireFile(file: ReceivedFile | undefined): { name: string; bytes: Buffer } {
  if (file) return { name: file.originalname, bytes: file.buffer };
  const text = { vi: 'Chưa chọn tệp.', en: 'No file was chosen.' };
  throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'file', text }] });
}
