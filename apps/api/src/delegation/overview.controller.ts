import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  type CaseStory,
  caseStory,
  type RevisionSummary,
  type RevisionView,
  revisionList,
  revisionView,
} from '#contracts/case-story.js';
import {
  type AbroadQuery,
  abroadQuery,
  type HouseView,
  houseView,
  type PlanActuals,
  planActuals,
  type Statistics,
  statistics,
  type TravellerYears,
  type TripsAbroad,
  travellerYears,
  tripsAbroad,
  type YearQuery,
  yearQuery,
} from '#contracts/overview.js';
import { OverviewService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { CurrentPrincipal } from '../session/current-principal.js';
import { ForSystems } from '../session/for-systems.js';

const revisionNumber = z.coerce.number().int().min(1).max(1_000_000);

@Controller('api/v1')
export class OverviewController {
  constructor(private readonly overviews: OverviewService) {}

  @Get('cases/:id/story')
  @ForSystems('cases:read')
  @Answers(200, caseStory, 'Where the case has been on the machine, and who comes next until the decision')
  story(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
  ): Promise<CaseStory> {
    return this.overviews.story(principal, caseId);
  }

  @Get('cases/:id/revisions')
  @Answers(200, revisionList, 'Saved contents of the proposal, the newest first')
  async revisions(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
  ): Promise<{ items: RevisionSummary[] }> {
    return { items: await this.overviews.revisions(principal, caseId) };
  }

  @Get('cases/:id/revisions/:revision')
  @Answers(200, revisionView, 'One saved content')
  revision(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Param('revision', { schema: revisionNumber }) revision: number,
  ): Promise<RevisionView> {
    return this.overviews.revision(principal, { caseId, revision });
  }

  @Get('abroad')
  @ForSystems('cases:read')
  @Answers(200, tripsAbroad, 'Trips between two days with what overlaps, as far as the reader may see')
  abroad(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: abroadQuery }) query: AbroadQuery,
  ): Promise<TripsAbroad> {
    return this.overviews.abroad(principal, query);
  }

  @Get('travellers')
  @Answers(200, travellerYears, 'Trips of each person in a year, the most first')
  travellers(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: yearQuery }) { year }: YearQuery,
  ): Promise<TravellerYears> {
    return this.overviews.travellers(principal, year);
  }

  @Get('statistics')
  @ForSystems('reports:read')
  @Answers(
    200,
    statistics,
    'The trips of a year by level, country, purpose, funding and quarter; punctuality; what is overdue',
  )
  statistics(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: yearQuery }) { year }: YearQuery,
  ): Promise<Statistics> {
    return this.overviews.statistics(principal, year);
  }

  @Get('plans/:id/actuals')
  @ForSystems('reports:read')
  @Answers(200, planActuals, 'What became of the lines of a plan')
  planActuals(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planId: string,
  ): Promise<PlanActuals> {
    return this.overviews.planActuals(principal, planId);
  }

  @Get('operations/house')
  @Answers(200, houseView, 'Versions of the machine with their cases, and the work that waits')
  house(@CurrentPrincipal() principal: SessionPrincipal): Promise<HouseView> {
    return this.overviews.house(principal);
  }
}
