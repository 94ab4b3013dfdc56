import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import {
  type NewRestriction,
  newRestriction,
  type ProfileDraft,
  type ProfilePreview,
  type PublishProfile,
  profileDraft,
  profilePreview,
  publishProfile,
  type RestrictionPage,
  type RestrictionQuery,
  type RuleVersionSummary,
  type RuleVersionView,
  restrictionPage,
  restrictionQuery,
  ruleVersionList,
  ruleVersionView,
} from '#contracts/regulation.js';
import { DelegationService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { RegulationService } from '#libs/regulation';
import { decodeCursor, toPage } from '../http/cursor.js';
import { Answers } from '../http/openapi.js';
import { IfMatch, setVersion } from '../http/preconditions.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

const version = z.coerce.number().int().min(1).max(1_000_000);
const position = z.strictObject({ at: z.iso.datetime(), id: z.uuid() });
const published = z.object({ version: z.int() });
const created = z.object({ id: z.uuid() });

/** The province's rule profile and the focal agency's register of bars to travel. */
@Controller('api/v1')
export class RegulationController {
  constructor(
    private readonly regulation: RegulationService,
    private readonly delegations: DelegationService,
  ) {}

  @Get('rules')
  @Answers(200, ruleVersionList, 'Versions of the rules, newest first; ETag is the newest')
  async versions(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ items: RuleVersionSummary[] }> {
    const items = await this.regulation.versions(principal);
    setVersion(response, items[0]?.version ?? 0);
    return { items };
  }

  @Get('rules/:version')
  @Answers(200, ruleVersionView, 'One version with its content')
  one(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('version', { schema: version }) wanted: number,
  ): Promise<RuleVersionView> {
    return this.regulation.version(principal, wanted);
  }

  @Post('rules/preview')
  @HttpCode(200)
  @Answers(200, profilePreview, 'Problems, changed fields and the running cases that would be treated differently')
  preview(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: profileDraft }) draft: ProfileDraft,
  ): Promise<ProfilePreview> {
    return this.delegations.previewProfile(principal, draft);
  }

  @Post('rules')
  @Answers(201, published, 'The new version. If-Match is the newest version that was seen')
  async publish(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: publishProfile }) body: PublishProfile,
    @IfMatch() expectedVersion: number,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ version: number }> {
    const answer = await this.regulation.publish(principal, { ...body, expectedVersion, requestId });
    setVersion(response, answer.version);
    return answer;
  }

  @Get('restrictions')
  @Answers(200, restrictionPage, 'The register of bars to travel, newest first; only for the focal agency')
  async restrictions(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: restrictionQuery }) query: RestrictionQuery,
  ): Promise<RestrictionPage> {
    const { cursor, ...given } = query;
    const found = await this.regulation.restrictions(principal, { ...given, after: decodeCursor(position, cursor) });
    return toPage(found) as RestrictionPage;
  }

  @Post('restrictions')
  @Answers(201, created, 'A person may not be sent abroad at present')
  add(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: newRestriction }) body: NewRestriction,
    @RequestId() requestId: string,
  ): Promise<{ id: string }> {
    return this.regulation.addRestriction(principal, { ...body, requestId });
  }

  @Post('restrictions/:id/lift')
  @HttpCode(204)
  @Answers(204, null, 'From today on it no longer holds')
  async lift(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) id: string,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.regulation.liftRestriction(principal, { id, requestId });
  }
}
