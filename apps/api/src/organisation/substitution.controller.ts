import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type CreateSubstitution,
  createSubstitutionBody,
  type SubstitutionList,
  type SubstitutionView,
  substitutionList,
  substitutionView,
} from '#contracts/substitution.js';
import { type SessionPrincipal, SubstitutionService } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

/** Who does somebody's work while they are away. */
@Controller('api/v1')
export class SubstitutionController {
  constructor(private readonly substitutions: SubstitutionService) {}

  @Get('me/substitutions')
  @Answers(200, substitutionList, 'Who stands in for me, and for whom I stand in')
  list(@CurrentPrincipal() principal: SessionPrincipal): Promise<SubstitutionList> {
    return this.substitutions.list(principal);
  }

  @Post('me/substitutions')
  @HttpCode(201)
  @Answers(201, substitutionView, 'Named; it begins and ends by itself')
  create(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: createSubstitutionBody }) command: CreateSubstitution,
    @RequestId() requestId: string,
  ): Promise<SubstitutionView> {
    return this.substitutions.create({ principal, command, requestId });
  }

  @Delete('substitutions/:id')
  @HttpCode(204)
  @Answers(204, null, 'Ended now')
  async end(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) substitutionId: string,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.substitutions.end({ principal, substitutionId, requestId });
  }
}
