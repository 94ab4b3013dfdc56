import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  type MailSettings,
  type MailSettingsPatch,
  mailSettings,
  mailSettingsPatch,
} from '#contracts/mail-settings.js';
import {
  type OrganisationView,
  organisationList,
  organisationQuery,
  organisationView,
  type PeopleQuery,
  type PersonView,
  peoplePage,
  peopleQuery,
} from '#contracts/organisation.js';
import type { Page } from '#contracts/page.js';
import { OrganisationService, type SessionPrincipal } from '#libs/organisation';
import { decodeCursor, toPage } from '../http/cursor.js';
import { Answers } from '../http/openapi.js';
import { CurrentPrincipal } from '../session/current-principal.js';
import { ForSystems } from '../session/for-systems.js';

const peopleAfter = z.strictObject({ searchName: z.string().max(200), id: z.uuid() });

@Controller('api/v1')
export class OrganisationController {
  constructor(private readonly organisations: OrganisationService) {}

  @Get('organisations')
  @ForSystems('organisations:read')
  @Answers(200, organisationList, 'Organisations of the province as of a day')
  list(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: organisationQuery }) query: z.output<typeof organisationQuery>,
  ): Promise<{ on: string; items: readonly OrganisationView[] }> {
    return this.organisations.organisations(principal, query.on);
  }

  @Get('organisations/:id')
  @ForSystems('organisations:read')
  @Answers(200, organisationView, 'One organisation as of a day')
  one(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) organisationId: string,
    @Query({ schema: organisationQuery }) query: z.output<typeof organisationQuery>,
  ): Promise<OrganisationView> {
    return this.organisations.organisation(principal, { organisationId, on: query.on });
  }

  @Get('people')
  @ForSystems('organisations:read')
  @Answers(200, peoplePage, 'People of the province by name, found with or without diacritics')
  async people(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: peopleQuery }) query: PeopleQuery,
  ): Promise<Page<PersonView>> {
    const { cursor, ...filter } = query;
    return toPage(await this.organisations.people(principal, { ...filter, after: decodeCursor(peopleAfter, cursor) }));
  }

  @Get('me/mail-settings')
  @Answers(200, mailSettings, 'How the person is written to')
  mailSettings(@CurrentPrincipal() principal: SessionPrincipal): Promise<MailSettings> {
    return this.organisations.mailSettings(principal);
  }

  @Patch('me/mail-settings')
  @Answers(200, mailSettings, 'Changed, for mails written from now on')
  changeMailSettings(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: mailSettingsPatch }) patch: MailSettingsPatch,
  ): Promise<MailSettings> {
    return this.organisations.changeMailSettings(principal, patch);
  }
}
