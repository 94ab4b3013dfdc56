import { Controller, Get, Inject } from '@nestjs/common';
import { z } from 'zod';
import { AppError } from '#contracts/errors.js';
import { Public } from '../session/public.js';
import { Answers } from './openapi.js';

/** Supplied by the composition root. */
export interface Readiness {
  /** Migrations not yet applied; rejects when the database does not answer. */
  pendingMigrations(): Promise<boolean>;
}
export const readinessToken = Symbol('Readiness');

const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

@Public()
@Controller('api/health')
export class HealthController {
  constructor(@Inject(readinessToken) private readonly readiness: Readiness) {}

  @Get('live')
  @Answers(200, health, 'The process runs')
  live(): z.output<typeof health> {
    return { status: 'ok' };
  }

  @Get('ready')
  @Answers(200, health, 'The database answers and has every migration')
  async ready(): Promise<z.output<typeof health>> {
    if (await this.isReady()) return { status: 'ok' };
    throw new AppError('UNAVAILABLE', {
      text: {
        vi: 'Cơ sở dữ liệu chưa trả lời hoặc chưa cập nhật cấu trúc.',
        en: 'The database does not answer or lacks migrations.',
      },
    });
  }

  private async isReady(): Promise<boolean> {
    try {
      return !(await this.readiness.pendingMigrations());
    } catch (error) {
      throw new AppError('UNAVAILABLE', {}, { cause: error });
    }
  }
}
