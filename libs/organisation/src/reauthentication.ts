import { AppError } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';
import type { UnitOfWork } from '#libs/persistence';
import { verifyPassword } from './password.js';
import type { SessionPrincipal } from './permissions.js';
import { PersonEntity } from './person.entity.js';
import { SessionEntity } from './session.entity.js';
import { SignInLimiter } from './sign-in-limiter.js';

/** How long a sign-in at the provider counts as having just proved who one is, in minutes: giả định. */
const freshMinutes = 15;

export interface Proof {
  /** Absent: whoever signed in at the provider a moment ago needs none. */
  readonly currentPassword?: string | undefined;
  readonly address: string;
}

/** Whoever sits at a browser that was left open is not its owner: before a change of the account its owner shows once more who they are. */
export class Reauthentication {
  private readonly limiter: SignInLimiter;

  constructor(private readonly room: { readonly unitOfWork: UnitOfWork; readonly wallClock: Clock }) {
    this.limiter = new SignInLimiter(room);
  }

  /** Throws SIGN_IN_FAILED (wrong or missing password), SIGN_IN_AGAIN (by the provider, too long ago), TOO_MANY_ATTEMPTS. */
  async prove({ personId, sessionId }: SessionPrincipal, { currentPassword, address }: Proof): Promise<PersonEntity> {
    if (currentPassword === undefined) return this.requireFresh(sessionId);
    const attempt = { account: personId, address, countsAlone: true };
    await this.limiter.take(attempt);
    const person = await this.room.unitOfWork.run((tx) => tx.findOneByOrFail(PersonEntity, { id: personId }));
    if (!(await verifyPassword({ stored: person.passwordHash, password: currentPassword })))
      throw new AppError('SIGN_IN_FAILED');
    await this.limiter.clear(attempt);
    return person;
  }

  private requireFresh(sessionId: string): Promise<PersonEntity> {
    return this.room.unitOfWork.run(async (tx) => {
      const session = await tx.findOneByOrFail(SessionEntity, { id: sessionId });
      if (!session.byProvider) throw new AppError('SIGN_IN_FAILED');
      const since = this.room.wallClock.now().getTime() - freshMinutes * 60_000;
      if (session.createdAt.getTime() < since) throw new AppError('SIGN_IN_AGAIN');
      return tx.findOneByOrFail(PersonEntity, { id: session.personId });
    });
  }
}
