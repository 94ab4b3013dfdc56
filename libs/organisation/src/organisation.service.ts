import { AppError } from '#contracts/errors.js';
import type { MailSettings, MailSettingsPatch } from '#contracts/mail-settings.js';
import type { OrganisationView, PersonView } from '#contracts/organisation.js';
import type { Me } from '#contracts/session.js';
import { type CalendarDay, type Clock, dayOf } from '#libs/calendar';
import type { PreparedReader, UnitOfWork } from '#libs/persistence';
import { changeMailSettings, readMailSettings } from './mail-settings.js';
import { readOrganisations } from './organisations.js';
import { type PeopleAfter, readMe, readPeople } from './people.js';
import type { SessionPrincipal } from './permissions.js';

/** What everybody signed in may read about their own province. */
export class OrganisationService {
  constructor(
    private readonly room: {
      readonly unitOfWork: UnitOfWork;
      readonly reader: PreparedReader;
      readonly clock: Clock;
      /** The time of this installation may be moved on by whoever tries it. */
      readonly isTrial: boolean;
    },
  ) {}

  /** `on` absent: today. */
  async organisations(
    principal: SessionPrincipal,
    on?: CalendarDay,
  ): Promise<{ on: CalendarDay; items: readonly OrganisationView[] }> {
    const day = on ?? this.today();
    const { provinceId } = principal;
    return { on: day, items: await readOrganisations(this.room.reader, { provinceId, on: day }) };
  }

  /** Throws NOT_FOUND for another province's organisation and for one that did not exist that day. */
  async organisation(
    principal: SessionPrincipal,
    given: { organisationId: string; on?: CalendarDay },
  ): Promise<OrganisationView> {
    const { provinceId } = principal;
    const { organisationId, on = this.today() } = given;
    const [found] = await readOrganisations(this.room.reader, { provinceId, organisationId, on });
    if (found === undefined) throw new AppError('NOT_FOUND');
    return found;
  }

  people(
    principal: SessionPrincipal,
    given: { search?: string; organisationId?: string; after?: PeopleAfter; limit: number },
  ): Promise<{ items: readonly PersonView[]; next: PeopleAfter | null }> {
    const { provinceId } = principal;
    return readPeople(this.room.reader, { ...given, provinceId, on: this.today() });
  }

  async me({ personId, sessionId, awaits = null }: SessionPrincipal): Promise<Me> {
    const view = await readMe(this.room.reader, { personId, sessionId, on: this.today() });
    return { ...view, awaits, trial: this.room.isTrial };
  }

  /** One's own. */
  mailSettings({ personId }: SessionPrincipal): Promise<MailSettings> {
    return this.room.unitOfWork.run((tx) => readMailSettings(tx, personId));
  }

  changeMailSettings({ personId }: SessionPrincipal, patch: MailSettingsPatch): Promise<MailSettings> {
    return this.room.unitOfWork.run((tx) => changeMailSettings(tx, { personId, patch }));
  }

  private today(): CalendarDay {
    return dayOf(this.room.clock.now());
  }
}
