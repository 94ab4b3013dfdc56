import type {
  NewOrganisationBody,
  NewPersonBody,
  NewPosition,
  NewRole,
  OrganisationChange,
  OrganisationVersionView,
  PersonPatch,
  PersonRecord,
} from '#contracts/directory.js';
import { AppError } from '#contracts/errors.js';
import { type CalendarDay, type Clock, dayOf } from '#libs/calendar';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import {
  addOrganisation,
  endOrganisation,
  organisationHistory,
  renameOrganisation,
} from './directory-organisations.js';
import { addPosition, addRole, changePerson, endHeld, readPerson } from './directory-people.js';
import { createPerson } from './people.js';
import { requireRole, type SessionPrincipal } from './permissions.js';

interface Asked {
  readonly requestId: string | null;
}

/** Organisations, people, positions and roles from a day to a day. Only an administrator changes them; every change is on record. */
export class DirectoryService {
  constructor(
    private readonly room: { readonly unitOfWork: UnitOfWork; readonly clock: Clock; readonly wallClock: Clock },
  ) {}

  /** Every name an organisation had and will have, for everybody of the province. Throws NOT_FOUND. */
  history(principal: SessionPrincipal, organisationId: string): Promise<OrganisationVersionView[]> {
    const { provinceId } = principal;
    return this.room.unitOfWork.run((tx) => organisationHistory(tx, { provinceId, organisationId }));
  }

  /** Throws FORBIDDEN, NOT_FOUND. */
  person(principal: SessionPrincipal, personId: string): Promise<PersonRecord> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId } = principal;
    return this.room.unitOfWork.run((tx) => readPerson(tx, { provinceId, personId, on: this.today() }));
  }

  addOrganisation(principal: SessionPrincipal, given: NewOrganisationBody & Asked): Promise<{ id: string }> {
    return this.change(principal, given, 'organisation.created', (tx, provinceId) =>
      addOrganisation(tx, { ...given, provinceId }),
    );
  }

  changeOrganisation(
    principal: SessionPrincipal,
    given: OrganisationChange & Asked & { organisationId: string },
  ): Promise<{ id: string }> {
    return this.change(principal, given, 'organisation.changed', async (tx, provinceId) => {
      await renameOrganisation(tx, { ...given, provinceId });
      return { id: given.organisationId };
    });
  }

  endOrganisation(
    principal: SessionPrincipal,
    given: Asked & { organisationId: string; from: CalendarDay },
  ): Promise<{ id: string }> {
    return this.change(principal, given, 'organisation.ended', async (tx, provinceId) => {
      await endOrganisation(tx, { ...given, provinceId });
      return { id: given.organisationId };
    });
  }

  /** Without a password: the account link lets them set their own. */
  addPerson(principal: SessionPrincipal, given: NewPersonBody & Asked): Promise<{ id: string }> {
    return this.change(principal, given, 'person.created', async (tx, provinceId) => {
      const { fullName, email, language } = given;
      const shape = { provinceId, fullName, email, language, password: null };
      const { personId } = await createPerson(tx, shape, this.room.clock);
      return { id: personId };
    });
  }

  /** Nobody switches off the account they are working with. */
  changePerson(
    principal: SessionPrincipal,
    given: PersonPatch & Asked & { personId: string },
  ): Promise<{ id: string }> {
    if (given.active === false && given.personId === principal.personId) throw new AppError('FORBIDDEN');
    const signedOutAt = this.room.wallClock.now();
    return this.change(principal, given, 'person.changed', async (tx, provinceId) => {
      await changePerson(tx, { ...given, provinceId, signedOutAt });
      return { id: given.personId };
    });
  }

  addPosition(principal: SessionPrincipal, given: NewPosition & Asked & { personId: string }): Promise<{ id: string }> {
    return this.change(principal, given, 'position.given', (tx, provinceId) =>
      addPosition(tx, { ...given, provinceId }),
    );
  }

  addRole(principal: SessionPrincipal, given: NewRole & Asked & { personId: string }): Promise<{ id: string }> {
    return this.change(principal, given, 'role.given', (tx, provinceId) => addRole(tx, { ...given, provinceId }));
  }

  end(
    principal: SessionPrincipal,
    given: Asked & { what: 'position' | 'role'; id: string; from: CalendarDay },
  ): Promise<{ id: string }> {
    const { what, id, from } = given;
    return this.change(principal, given, `${what}.ended`, async (tx, provinceId) => {
      await endHeld(tx, { what, provinceId, id, from, today: this.today() });
      return { id };
    });
  }

  /** Throws FORBIDDEN and whatever the change throws. One change of a province at a time, so that two cannot undo each other's ground. */
  private change(
    principal: SessionPrincipal,
    { requestId }: Asked,
    action: string,
    act: (tx: Tx, provinceId: string) => Promise<{ id: string }>,
  ): Promise<{ id: string }> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId: principalId } = principal;
    return this.room.unitOfWork.run(async (tx) => {
      await tx.query('select 1 from provinces where id = $1 for update', [provinceId]);
      const done = await act(tx, provinceId);
      const at = this.room.clock.now();
      const subjectId = done.id;
      await recordAudit(tx, { kind: 'administration', action, at, provinceId, subjectId, principalId, requestId });
      return done;
    });
  }

  private today(): CalendarDay {
    return dayOf(this.room.clock.now());
  }
}
