import { Body, Controller, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { type PlanItemView, planItemView } from '#contracts/plan.js';
import {
  type OpenPlan,
  openPlan,
  type PlanCycleView,
  type PlanItemPatch,
  type PlanItemProgress,
  type PlanReceipt,
  planCycleView,
  planItemPatch,
  planItemProgress,
  planReceipt,
  type RegisterPlanItem,
  registerPlanItem,
} from '#contracts/plan-cycle.js';
import {
  type SendPlanCycleEvent,
  type SendPlanItemEvent,
  sendPlanCycleEvent,
  sendPlanItemEvent,
} from '#contracts/plan-events.js';
import type { SessionPrincipal } from '#libs/organisation';
import { PlanCycleService, PlanItemService, type PlanMeta } from '#libs/plan';
import { Answers } from '../http/openapi.js';
import { type IdempotencyInput, IdempotencyKey, IfMatch, setVersion } from '../http/preconditions.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

@Controller('api/v1')
export class PlanCycleController {
  constructor(
    private readonly cycles: PlanCycleService,
    private readonly items: PlanItemService,
  ) {}

  @Post('plans')
  @HttpCode(200)
  @Answers(200, planReceipt, 'The plan of the year is worked on; asked again, the same answer')
  open(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: openPlan }) body: OpenPlan,
    @RequestId() requestId: string,
  ): Promise<PlanReceipt> {
    return this.cycles.open(principal, body, { requestId });
  }

  @Get('plans/:id/cycle')
  @Answers(200, planCycleView, 'Where the plan stands, who is asked, and what the reader may do next')
  async cycle(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanCycleView> {
    const view = await this.cycles.show({ principal, planId });
    setVersion(response, view.version);
    return view;
  }

  @Post('plans/:id/events')
  @Answers(200, planReceipt, 'The event is accepted; 409 says which rule refused it')
  async sendToPlan(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planId: string,
    @Body({ schema: sendPlanCycleEvent }) body: SendPlanCycleEvent,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
    @IfMatch({ required: false }) expectedVersion: number | undefined,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanReceipt> {
    const { taskId, ...event } = body;
    const meta = metaOf({ requestId, idempotency, expectedVersion, taskId });
    return answered(response, await this.cycles.send({ principal, planId }, event, meta));
  }

  @Post('plans/:id/items')
  @Answers(201, planItemView, 'A draft of a line of the plan')
  register(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planId: string,
    @Body({ schema: registerPlanItem }) fields: RegisterPlanItem,
    @RequestId() requestId: string,
  ): Promise<PlanItemView> {
    return this.items.register(principal, { planId, fields, meta: { requestId } });
  }

  @Patch('plan-items/:id')
  @Answers(200, planItemView, 'The line as edited. If-Match is the revision that was edited')
  edit(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planItemId: string,
    @Body({ schema: planItemPatch }) patch: PlanItemPatch,
    @IfMatch() expectedRevision: number,
  ): Promise<PlanItemView> {
    return this.items.edit({ principal, planItemId }, { patch, expectedRevision });
  }

  @Get('plan-items/:id/progress')
  @Answers(200, planItemProgress, 'Where a line stands and what the reader may do next')
  progress(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planItemId: string,
  ): Promise<PlanItemProgress> {
    return this.items.show({ principal, planItemId });
  }

  @Post('plan-items/:id/events')
  @Answers(200, planReceipt, 'The event is accepted; 409 says which rule refused it')
  async sendToItem(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planItemId: string,
    @Body({ schema: sendPlanItemEvent }) body: SendPlanItemEvent,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
    @IfMatch({ required: false }) expectedVersion: number | undefined,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PlanReceipt> {
    const { taskId, ...event } = body;
    const meta = metaOf({ requestId, idempotency, expectedVersion, taskId });
    return answered(response, await this.items.send({ principal, planItemId }, event, meta));
  }
}

function metaOf(given: {
  requestId: string;
  idempotency: IdempotencyInput | undefined;
  expectedVersion: number | undefined;
  taskId: string | undefined;
}): PlanMeta {
  const { requestId, idempotency, expectedVersion, taskId } = given;
  return {
    requestId,
    ...(idempotency && { idempotency }),
    ...(expectedVersion !== undefined && { expectedVersion }),
    ...(taskId !== undefined && { taskId }),
  };
}

function answered(response: Response, { status, body }: { status: number; body: unknown }): PlanReceipt {
  const receipt = body as PlanReceipt;
  response.status(status);
  setVersion(response, receipt.version);
  return receipt;
}
