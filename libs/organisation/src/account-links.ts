import { createHash, randomBytes } from 'node:crypto';
import { IsNull } from 'typeorm';
import { AppError } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { AccountLinkEntity } from './account-link.entity.js';
import { hashPassword } from './password.js';
import { requireRole, type SessionPrincipal } from './permissions.js';
import { PersonEntity } from './person.entity.js';
import { SessionEntity } from './session.entity.js';
import { SignInLimiter } from './sign-in-limiter.js';

/** How long a link opens, in hours: giả định. Somebody new may be away for days; who forgot a password is waiting. */
const validHours = { invitation: 7 * 24, reset: 24 } as const;

export interface IssuedLink {
  /** 256 random bits, shown this once. It belongs behind the # of an address, which no server and no log sees. */
  readonly token: string;
  readonly kind: 'invitation' | 'reset';
  readonly expiresAt: Date;
}

/** A password set by its owner: nobody else ever knows it. Lifetimes follow the time of browsers. */
export class AccountLinkService {
  private readonly limiter: SignInLimiter;

  constructor(private readonly room: { readonly unitOfWork: UnitOfWork; readonly wallClock: Clock }) {
    this.limiter = new SignInLimiter(room);
  }

  /** For an active person of the administrator's province; an earlier link opens nothing any more. Throws FORBIDDEN, NOT_FOUND. */
  async issue(
    principal: SessionPrincipal,
    { personId, requestId }: { personId: string; requestId: string | null },
  ): Promise<IssuedLink> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId: createdById } = principal;
    const token = randomBytes(32).toString('base64url');
    const createdAt = this.room.wallClock.now();
    return this.room.unitOfWork.run(async (tx) => {
      const person = await lockedPerson(tx, { id: personId, provinceId, active: true });
      if (person === null) throw new AppError('NOT_FOUND');
      const kind = person.passwordHash === null ? 'invitation' : 'reset';
      const expiresAt = new Date(createdAt.getTime() + validHours[kind] * 3_600_000);
      await tx.delete(AccountLinkEntity, { personId, usedAt: IsNull() });
      await tx.insert(AccountLinkEntity, {
        ...{ tokenHash: hashOf(token), personId, kind, createdAt, createdById, expiresAt, usedAt: null },
      });
      await recordAudit(tx, {
        ...{ kind: 'administration', action: `accountLink.${kind}`, at: createdAt, provinceId, subjectId: personId },
        ...{ principalId: createdById, requestId },
      });
      return { token, kind, expiresAt };
    });
  }

  /**
   * Sets the password, ends every session of the person and uses the link up. Throws ACCOUNT_LINK_INVALID for one that is unknown, used,
   * replaced or too old alike, VALIDATION_FAILED (password), TOO_MANY_ATTEMPTS.
   */
  async redeem(given: {
    token: string;
    newPassword: string;
    address: string;
    requestId: string | null;
  }): Promise<void> {
    const attempt = { account: 'account link', address: given.address, countsAlone: true };
    await this.limiter.take(attempt);
    const passwordHash = await hashPassword(given.newPassword);
    const now = this.room.wallClock.now();
    await this.room.unitOfWork.run(async (tx) => {
      const tokenHash = hashOf(given.token);
      const known = await tx.findOneBy(AccountLinkEntity, { tokenHash });
      const person = known && (await lockedPerson(tx, { id: known.personId, active: true }));
      // Read again behind the lock of the person: of two at once the second one finds it used.
      const link = person && (await tx.findOneBy(AccountLinkEntity, { tokenHash, usedAt: IsNull() }));
      if (!person || !link || link.expiresAt <= now) throw new AppError('ACCOUNT_LINK_INVALID');
      await tx.update(AccountLinkEntity, { tokenHash }, { usedAt: now });
      await tx.update(PersonEntity, { id: person.id }, { passwordHash });
      await tx.update(SessionEntity, { personId: person.id, revokedAt: IsNull() }, { revokedAt: now });
      await recordAudit(tx, {
        ...{ kind: 'session', action: 'accountLink.used', at: now, provinceId: person.provinceId },
        ...{ subjectId: person.id, principalId: person.id, requestId: given.requestId },
      });
    });
    await this.limiter.clear(attempt);
  }
}

function lockedPerson(tx: Tx, where: { id: string; provinceId?: string; active: true }): Promise<PersonEntity | null> {
  return tx.findOne(PersonEntity, { where, lock: { mode: 'pessimistic_write' } });
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
