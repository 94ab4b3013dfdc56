import { createHash, randomBytes } from 'node:crypto';
import { IsNull } from 'typeorm';
import { AppError } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { addPersonalMessage, recordAudit } from '#libs/runtime';
import { AccountLinkEntity } from './account-link.entity.js';
import { hashPassword } from './password.js';
import { requireRole, type SessionPrincipal } from './permissions.js';
import { PersonEntity } from './person.entity.js';
import { SessionEntity } from './session.entity.js';
import { SignInLimiter } from './sign-in-limiter.js';

/** How long a link opens, in hours: giả định. Somebody new may be away for days; who forgot a password is waiting. */
const validHours = { invitation: 7 * 24, reset: 24 } as const;
const templates = { invitation: 'accountInvitation', reset: 'passwordReset' } as const;
/** Mails with a link somebody may ask for in a quarter of an hour: from one address, and to one account. Giả định. */
const resetLimits = { address: 30, account: 3 } as const;

export type LinkKind = keyof typeof validHours;

export interface IssuedLink {
  /** 256 random bits, shown this once. It belongs behind the # of an address, which no server and no log sees. */
  readonly token: string;
  readonly kind: LinkKind;
  readonly expiresAt: Date;
}

/** A password set by its owner: nobody else ever knows it. Lifetimes follow `wallClock`, mails go out by `clock`. */
export class AccountLinkService {
  private readonly limiter: SignInLimiter;

  constructor(
    private readonly room: {
      readonly unitOfWork: UnitOfWork;
      readonly clock: Clock;
      readonly wallClock: Clock;
      /** False: everybody signs in through the provider, and nobody needs a password. */
      readonly localSignIn: boolean;
    },
  ) {
    this.limiter = new SignInLimiter(room);
  }

  /** To hand over in person. An earlier link opens nothing any more. Throws FORBIDDEN, NOT_FOUND, UNAVAILABLE. */
  async issue(principal: SessionPrincipal, given: { personId: string; requestId: string | null }): Promise<IssuedLink> {
    const { personId } = given;
    return this.forPerson(principal, given, async (tx, { kind, at }) => {
      await tx.delete(AccountLinkEntity, { personId, usedAt: IsNull() });
      return insertLink(tx, { personId, kind, at, createdById: principal.personId });
    });
  }

  /** The same by mail: not even the administrator sees the link. Throws FORBIDDEN, NOT_FOUND, UNAVAILABLE. */
  async send(principal: SessionPrincipal, given: { personId: string; requestId: string | null }): Promise<LinkKind> {
    const { personId } = given;
    return this.forPerson(principal, given, async (tx, { kind }) => {
      const { provinceId } = principal;
      await addPersonalMessage(tx, { provinceId, personId, template: templates[kind], at: this.room.clock.now() });
      return kind;
    });
  }

  private forPerson<Result>(
    principal: SessionPrincipal,
    { personId, requestId }: { personId: string; requestId: string | null },
    act: (tx: Tx, given: { kind: LinkKind; at: Date }) => Promise<Result>,
  ): Promise<Result> {
    requireRole(principal, { role: 'administrator' });
    this.requireLocalSignIn();
    const { provinceId, personId: principalId } = principal;
    const at = this.room.wallClock.now();
    return this.room.unitOfWork.run(async (tx) => {
      const person = await lockedPerson(tx, { id: personId, provinceId, active: true });
      if (person === null) throw new AppError('NOT_FOUND');
      const kind = person.passwordHash === null ? 'invitation' : 'reset';
      const result = await act(tx, { kind, at });
      await recordAudit(tx, {
        ...{ kind: 'administration', action: `accountLink.${kind}`, at, provinceId, subjectId: personId },
        ...{ principalId, requestId },
      });
      return result;
    });
  }

  /**
   * Quên mật khẩu: a link by mail to whoever has this address. The answer, the steps and what is written are the same when nobody has
   * it, and when the account was written to enough: who asks learns nothing. Throws TOO_MANY_ATTEMPTS for the address asking, UNAVAILABLE.
   */
  async requestReset(given: { email: string; address: string; requestId: string | null }): Promise<void> {
    this.requireLocalSignIn();
    const email = given.email.trim().toLowerCase();
    const fromHere = await this.limiter.countMore(['reset from', given.address]);
    if (fromHere > resetLimits.address) throw new AppError('TOO_MANY_ATTEMPTS');
    const isEnough = (await this.limiter.countMore(['reset of', email])) > resetLimits.account;
    await this.room.unitOfWork.run(async (tx) => {
      const person = await tx.findOneBy(PersonEntity, { email, active: true });
      const provinceId = person?.provinceId ?? null;
      const personId = person === null || isEnough ? null : person.id;
      const kind = person?.passwordHash === null ? 'invitation' : 'reset';
      await addPersonalMessage(tx, { provinceId, personId, template: templates[kind], at: this.room.clock.now() });
      await recordAudit(tx, {
        ...{ kind: 'session', action: 'accountLink.requested', at: this.room.wallClock.now(), provinceId },
        ...{ subjectId: person?.id ?? null, requestId: given.requestId, details: { mailed: personId !== null } },
      });
    });
  }

  /**
   * Sets the password, ends every session of the person and uses up every link they had. Throws ACCOUNT_LINK_INVALID for one that is
   * unknown, used, replaced or too old alike, VALIDATION_FAILED (password), TOO_MANY_ATTEMPTS, UNAVAILABLE.
   */
  async redeem(given: {
    token: string;
    newPassword: string;
    address: string;
    requestId: string | null;
  }): Promise<void> {
    this.requireLocalSignIn();
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
      await tx.update(AccountLinkEntity, { personId: person.id, usedAt: IsNull() }, { usedAt: now });
      await tx.update(PersonEntity, { id: person.id }, { passwordHash });
      await tx.update(SessionEntity, { personId: person.id, revokedAt: IsNull() }, { revokedAt: now });
      const { id: personId, provinceId } = person;
      if (person.passwordHash !== null)
        await addPersonalMessage(tx, { provinceId, personId, template: 'passwordChanged', at: this.room.clock.now() });
      await recordAudit(tx, {
        ...{ kind: 'session', action: 'accountLink.used', at: now, provinceId },
        ...{ subjectId: personId, principalId: personId, requestId: given.requestId },
      });
    });
    await this.limiter.clear(attempt);
  }

  private requireLocalSignIn(): void {
    if (this.room.localSignIn) return;
    throw new AppError('LOCAL_SIGN_IN_OFF');
  }
}

/**
 * A link made at the moment its mail is sent, so that no stored row ever held it. Others of the person stay: who asks for a mail in
 * somebody's name cannot spoil the link they were given.
 */
export async function mintAccountLink(tx: Tx, { personId, at }: { personId: string; at: Date }): Promise<string> {
  const person = await tx.findOneByOrFail(PersonEntity, { id: personId });
  const kind = person.passwordHash === null ? 'invitation' : 'reset';
  return (await insertLink(tx, { personId, kind, at, createdById: null })).token;
}

async function insertLink(
  tx: Tx,
  given: { personId: string; kind: LinkKind; at: Date; createdById: string | null },
): Promise<IssuedLink> {
  const { personId, kind, at, createdById } = given;
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(at.getTime() + validHours[kind] * 3_600_000);
  await tx.insert(AccountLinkEntity, {
    ...{ tokenHash: hashOf(token), personId, kind, createdAt: at, createdById, expiresAt, usedAt: null },
  });
  return { token, kind, expiresAt };
}

function lockedPerson(tx: Tx, where: { id: string; provinceId?: string; active: true }): Promise<PersonEntity | null> {
  return tx.findOne(PersonEntity, { where, lock: { mode: 'pessimistic_write' } });
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
