import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import {
  type PeriodicReport,
  periodicReport,
  type ReportFormat,
  type ReportPeriod,
  type ReportTrip,
  type ReportTripQuery,
  reportFormat,
  reportPeriod,
  reportTripQuery,
  reportTrips,
} from '#contracts/periodic-report.js';
import type { SessionPrincipal } from '#libs/organisation';
import { ReportingService } from '#libs/reporting';
import { Answers, AnswersFile } from '../http/openapi.js';
import { sentFile } from '../http/sent-file.js';
import { CurrentPrincipal } from '../session/current-principal.js';
import { ForSystems } from '../session/for-systems.js';

@Controller('api/v1/reports/periodic')
export class ReportingController {
  constructor(private readonly reporting: ReportingService) {}

  @Get()
  @ForSystems('reports:read')
  @Answers(200, periodicReport, 'The trips of a period in numbers')
  periodic(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: reportPeriod }) period: ReportPeriod,
  ): Promise<PeriodicReport> {
    return this.reporting.periodic(principal, period);
  }

  @Get('trips')
  @ForSystems('reports:read')
  @Answers(200, reportTrips, 'The trips behind one figure')
  trips(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: reportTripQuery }) query: ReportTripQuery,
  ): Promise<{ items: ReportTrip[]; truncated: boolean }> {
    return this.reporting.trips(principal, query);
  }

  @Get('file.:format')
  @ForSystems('reports:read')
  @AnswersFile(200, 'The tables of the period as XLSX or DOCX')
  async file(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param({ schema: reportFormat }) { format }: { format: ReportFormat },
    @Query({ schema: reportPeriod }) period: ReportPeriod,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return sentFile(response, await this.reporting.file(principal, { ...period, format }));
  }
}
