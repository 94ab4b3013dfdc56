import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '#contracts/errors.js';
import { Public } from '../session/public.js';

/** Numbers about the work that waits, asked from the database at each scrape; supplied by the composition root. */
export interface WaitingWork {
  read(): Promise<Readonly<Record<string, number>>>;
}

/** What one process can tell about itself, and what the database tells about all of them. */
export class Metrics {
  readonly registry = new Registry();
  private readonly duration: Histogram<'method' | 'route' | 'status'>;
  private readonly waiting: Gauge<'kind'>;

  constructor(
    private readonly settings: {
      readonly work: WaitingWork;
      readonly token: string | undefined;
      readonly open: boolean;
      /** Whether this header is a token of a system that may read the figures. */
      readonly isSystem: (authorization: string) => Promise<boolean>;
    },
  ) {
    collectDefaultMetrics({ register: this.registry, prefix: 'thong_hanh_' });
    this.duration = new Histogram({
      name: 'thong_hanh_http_request_seconds',
      help: 'Time to answer, by the pattern of the route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [this.registry],
    });
    this.waiting = new Gauge({
      name: 'thong_hanh_waiting',
      help: 'Rows that wait, by kind; ages in seconds end in _age_seconds',
      labelNames: ['kind'],
      registers: [this.registry],
    });
  }

  /** One observation a request, after the answer is out. Routes by their pattern, so that ids make no series of their own. */
  middleware() {
    return (request: Request, response: Response, next: NextFunction): void => {
      const startedAt = performance.now();
      response.once('finish', () => {
        const route: unknown = request.route?.path;
        const labels = {
          method: request.method,
          route: typeof route === 'string' ? route : 'none',
          status: String(response.statusCode),
        };
        this.duration.observe(labels, (performance.now() - startedAt) / 1000);
      });
      next();
    };
  }

  /**
   * A system whose token has the scope, or who knows the token of the settings. Without one in the settings everybody may read, but
   * nobody in production. Throws NOT_FOUND, as if it were not there.
   */
  async requireReader(authorization: string | undefined): Promise<void> {
    const { token, open, isSystem } = this.settings;
    if (authorization !== undefined && (await isSystem(authorization))) return;
    if (token === undefined) {
      if (open) return;
      throw new AppError('NOT_FOUND');
    }
    const given = Buffer.from(authorization ?? '');
    const wanted = Buffer.from(`Bearer ${token}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new AppError('NOT_FOUND');
  }

  async text(): Promise<string> {
    const found = await this.settings.work.read();
    for (const [kind, value] of Object.entries(found)) this.waiting.set({ kind }, value);
    return this.registry.metrics();
  }
}

@Public()
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  @Get()
  @ApiExcludeEndpoint()
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.metrics.requireReader(request.get('authorization'));
    response.type(this.metrics.registry.contentType).send(await this.metrics.text());
  }
}
