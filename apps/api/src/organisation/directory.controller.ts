import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type Ending,
  ending,
  type NewOrganisationBody,
  type NewPersonBody,
  type NewPosition,
  type NewRole,
  newOrganisation,
  newPerson,
  newPosition,
  newRole,
  type OrganisationChange,
  type OrganisationVersionView,
  organisationChange,
  organisationVersions,
  type PersonPatch,
  type PersonRecord,
  personPatch,
  personRecord,
} from '#contracts/directory.js';
import { DirectoryService, type SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

const made = z.object({ id: z.uuid() });

/** Who and what there is in the province, from a day to a day; changed by administrators only. */
@Controller('api/v1')
export class DirectoryController {
  constructor(private readonly directory: DirectoryService) {}

  @Get('organisations/:id/versions')
  @Answers(200, organisationVersions, 'Every name of an organisation, oldest first')
  async versions(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<{ items: OrganisationVersionView[] }> {
    return { items: await this.directory.history(principal, id) };
  }

  @Post('organisations')
  @Answers(201, made, 'A new organisation')
  addOrganisation(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: newOrganisation }) body: NewOrganisationBody,
    @RequestId() requestId: string,
  ): Promise<{ id: string }> {
    return this.directory.addOrganisation(principal, { ...body, requestId });
  }

  @Post('organisations/:id/changes')
  @Answers(201, made, 'Another name or superior from a day on')
  changeOrganisation(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) organisationId: string,
    @Body({ schema: organisationChange }) body: OrganisationChange,
    @RequestId() requestId: string,
  ): Promise<{ id: string }> {
    return this.directory.changeOrganisation(principal, { ...body, organisationId, requestId });
  }

  @Post('organisations/:id/end')
  @HttpCode(204)
  @Answers(204, null, 'From that day on there is no such organisation')
  async endOrganisation(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) organisationId: string,
    @Body({ schema: ending }) { from }: Ending,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.directory.endOrganisation(principal, { organisationId, from, requestId });
  }

  @Get('people/:id')
  @Answers(200, personRecord, 'All that is kept of a person; administrators only')
  person(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
  ): Promise<PersonRecord> {
    return this.directory.person(principal, personId);
  }

  @Post('people')
  @Answers(201, made, 'A new person, without a password')
  addPerson(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: newPerson }) body: NewPersonBody,
    @RequestId() requestId: string,
  ): Promise<{ id: string }> {
    return this.directory.addPerson(principal, { ...body, requestId });
  }

  @Patch('people/:id')
  @HttpCode(204)
  @Answers(204, null, 'Name, e-mail, or whether the person works here')
  async changePerson(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
    @Body({ schema: personPatch }) body: PersonPatch,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.directory.changePerson(principal, { ...body, personId, requestId });
  }

  @Post('people/:id/positions')
  @Answers(201, made, 'A position from a day on')
  addPosition(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
    @Body({ schema: newPosition }) body: NewPosition,
    @RequestId() requestId: string,
  ): Promise<{ id: string }> {
    return this.directory.addPosition(principal, { ...body, personId, requestId });
  }

  @Post('people/:id/roles')
  @Answers(201, made, 'A role from a day on')
  addRole(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
    @Body({ schema: newRole }) body: NewRole,
    @RequestId() requestId: string,
  ): Promise<{ id: string }> {
    return this.directory.addRole(principal, { ...body, personId, requestId });
  }

  @Post('positions/:id/end')
  @HttpCode(204)
  @Answers(204, null, 'From that day on the position is no longer held')
  async endPosition(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: ending }) { from }: Ending,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.directory.end(principal, { what: 'position', id, from, requestId });
  }

  @Post('role-assignments/:id/end')
  @HttpCode(204)
  @Answers(204, null, 'From that day on the role is no longer held')
  async endRole(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: ending }) { from }: Ending,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.directory.end(principal, { what: 'role', id, from, requestId });
  }
}
