import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { IsNull } from 'typeorm';
import { AppError } from '#contracts/errors.js';
import type { SessionView } from '#contracts/session.js';
import { type Clock, dayOf } from '#libs/calendar';
import {
  type PreparedReader,
  type PreparedStatement,
  readTogether,
  runPrepared,
  type Tx,
  type UnitOfWork,
} from '#libs/persistence';
import { addPersonalMessage, recordAudit } from '#libs/runtime';
import { hashPassword, verifyPassword } from './password.js';
import { requireRole, type SessionPrincipal } from './permissions.js';
import { PersonEntity } from './person.entity.js';
import { type Proof, Reauthentication } from './reauthentication.js';
import type { SealingKey } from './sealed.js';
import { readSecondFactor, takeSecondFactor } from './second-factor.js';
import { needsSecondFactor, type SecondFactorPolicy } from './second-factor-policy.js';
import { SessionEntity } from './session.entity.js';
import { browserKey, placeKey, SignInLimiter } from './sign-in-limiter.js';
import { isLent, isRunning } from './substitution-sql.js';

const seenEveryMs = 5 * 60_000;

export interface SignedIn {
  /** 256 random bits; goes into the cookie and nowhere else. */
  readonly token: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly expiresAt: Date;
}

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent?: string | undefined;
  /** Of the second factor. */
  readonly code?: string | undefined;
}

interface FoundSession extends SessionPrincipal {
  readonly tokenHash: Buffer;
  readonly lastSeenAt: Date;
  readonly byProvider: boolean;
  readonly hasSecondFactor: boolean;
}

const sessionNote = { kind: 'session' } as const;

/** Whether one of the places is new to somebody who signed in before: the first time of all nobody needs to be told. */
const rememberPlaces: PreparedStatement = {
  name: 'organisation_remember_places',
  text: `with told as (
      insert into sign_in_places (key, person_id, first_at, last_at) select k, $2, $3, $3 from unnest($1::bytea[]) k order by k
      on conflict (key) do update set last_at = excluded.last_at
      returning xmax = 0 as new
    )
    select bool_or(new) and exists (select from sign_in_places where person_id = $2) as "isNew" from told`,
};

/** What requests need to know, in one round trip: their sessions with the person and the roles of the day. */
const authenticate = {
  name: 'organisation_authenticate',
  text: `select s.token_hash as "tokenHash", s.id as "sessionId", s.last_seen_at as "lastSeenAt", s.awaits,
    s.by_provider as "byProvider", exists (select from second_factors f where f.person_id = p.id and f.confirmed_at is not null) as "hasSecondFactor",
    p.id as "personId", p.province_id as "provinceId", p.language,
    coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', o.id, 'organisationCode', o.code,
        'organisationVersionId', v.id) order by o.code, r.role)
      from role_assignments r
      join organisations o on o.id = r.organisation_id and o.province_id = p.province_id
      left join organisation_versions v on v.organisation_id = o.id
        and v.valid_from <= $3::date and (v.valid_to is null or v.valid_to > $3::date)
      where r.person_id = p.id and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)), '[]') as roles,
    coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', o.id, 'organisationCode', o.code,
        'organisationVersionId', v.id, 'onBehalfOfId', x.person_id) order by o.code, r.role, x.person_id)
      from substitutions x
      join people absent on absent.id = x.person_id and absent.active
      join role_assignments r on ${isLent}
      join organisations o on o.id = r.organisation_id and o.province_id = p.province_id
      left join organisation_versions v on v.organisation_id = o.id
        and v.valid_from <= $3::date and (v.valid_to is null or v.valid_to > $3::date)
      where x.substitute_id = p.id and ${isRunning('$3')}
        and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)), '[]') as substituting
  from sessions s join people p on p.id = s.person_id
  where s.token_hash = any($1::bytea[]) and s.revoked_at is null and s.expires_at > $2 and s.last_seen_at > $4 and p.active`,
} as const;

/**
 * Signing in and out. Lifetimes and the limit of attempts follow `wallClock`, the time of the browser; the roles follow
 * `clock`, the day the province works on, which a test clock may move.
 */
export class SessionService {
  private readonly limiter: SignInLimiter;
  private readonly again: Reauthentication;
  /** Requests that arrive in one turn of the event loop ask together; nothing is kept. */
  private readonly lookUp = readTogether((hashes) => this.find(hashes));

  constructor(
    private readonly room: {
      readonly unitOfWork: UnitOfWork;
      readonly reader: PreparedReader;
      readonly clock: Clock;
      readonly wallClock: Clock;
      readonly sessionTtlHours: number;
      /** A session nobody used for so long is over. */
      readonly sessionIdleMinutes: number;
      readonly keys: readonly SealingKey[];
      /** False: everybody signs in through the provider. */
      readonly localSignIn: boolean;
      readonly secondFactor: SecondFactorPolicy;
    },
  ) {
    this.limiter = new SignInLimiter(room);
    this.again = new Reauthentication(room);
  }

  /**
   * Throws SIGN_IN_FAILED for a wrong password and an unknown or inactive account alike, TOO_MANY_ATTEMPTS; after the right password
   * SECOND_FACTOR_REQUIRED and SECOND_FACTOR_WRONG, both of which count as attempts.
   */
  async signIn(given: SignInRequest): Promise<SignedIn> {
    if (!this.room.localSignIn) throw new AppError('LOCAL_SIGN_IN_OFF');
    const account = given.email.trim().toLowerCase();
    const attempt = { account, address: given.address };
    await this.limiter.take(attempt);
    const person = await this.room.unitOfWork.run((tx) => tx.findOneBy(PersonEntity, { email: account }));
    const usable = person?.active === true ? person : null;
    // Outside a transaction: hashing takes tens of milliseconds and needs no connection.
    const right = await verifyPassword({ stored: usable?.passwordHash ?? null, password: given.password });
    if (!right || usable === null) throw new AppError('SIGN_IN_FAILED');
    const session = await this.open(usable, given);
    await this.limiter.clear(attempt);
    return session;
  }

  private open(person: PersonEntity, request: SignInRequest): Promise<SignedIn> {
    return this.room.unitOfWork.run(async (tx) => {
      const now = this.room.wallClock.now();
      // The password may have been changed, or the account closed, while the hash was computed.
      const current = await tx.findOne(PersonEntity, { where: { id: person.id }, lock: { mode: 'pessimistic_read' } });
      if (current?.active !== true || current.passwordHash !== person.passwordHash)
        throw new AppError('SIGN_IN_FAILED');
      const answer = await takeSecondFactor(tx, { personId: person.id, code: request.code, keys: this.room.keys, now });
      if (answer === 'missing') throw new AppError('SECOND_FACTOR_REQUIRED');
      if (answer === 'wrong') throw new AppError('SECOND_FACTOR_WRONG');
      return this.insertSession(tx, { person, request, now, awaits: null });
    });
  }

  /**
   * For somebody the identity provider vouches for. What it asked them for is its own matter, unless the configuration says that our second
   * factor is asked for here, too. `session`: its own name for its session. Throws SIGN_IN_FAILED for a closed account.
   */
  openByProvider(
    person: PersonEntity,
    request: Pick<SignInRequest, 'address' | 'userAgent'> & { readonly session: string | null },
  ): Promise<SignedIn> {
    return this.room.unitOfWork.run(async (tx) => {
      const now = this.room.wallClock.now();
      const where = { id: person.id, active: true };
      const current = await tx.findOne(PersonEntity, { where, lock: { mode: 'pessimistic_read' } });
      if (current === null) throw new AppError('SIGN_IN_FAILED');
      const awaits = this.room.secondFactor.afterProvider ? await this.awaitedBy(tx, person.id) : null;
      return this.insertSession(tx, { person: current, request, now, awaits, provider: { session: request.session } });
    });
  }

  private async insertSession(
    tx: Tx,
    given: {
      person: PersonEntity;
      request: Pick<SignInRequest, 'address' | 'userAgent'>;
      now: Date;
      awaits: 'secondFactorCode' | null;
      provider?: { session: string | null };
    },
  ): Promise<SignedIn> {
    const { person, request, now, awaits, provider } = given;
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now.getTime() + this.room.sessionTtlHours * 3_600_000);
    const sessionId = randomUUID();
    await tx.insert(SessionEntity, {
      id: sessionId,
      tokenHash: hashToken(token),
      personId: person.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
      revokedAt: null,
      byProvider: provider !== undefined,
      providerSession: provider?.session ?? null,
      awaits,
      userAgent: request.userAgent?.slice(0, 200) ?? null,
    });
    await this.notice(tx, { person, request, now });
    return { token, sessionId, personId: person.id, expiresAt };
  }

  private async awaitedBy(tx: Tx, personId: string): Promise<'secondFactorCode' | null> {
    const { enabled } = await readSecondFactor(tx, personId);
    return enabled ? 'secondFactorCode' : null;
  }

  /** The code a session waits for. Throws NOT_FOUND when it waits for none, SECOND_FACTOR_WRONG, TOO_MANY_ATTEMPTS. */
  async giveCode(principal: SessionPrincipal, given: { code: string; address: string }): Promise<void> {
    const { personId, sessionId, awaits } = principal;
    if (awaits !== 'secondFactorCode') throw new AppError('NOT_FOUND');
    const attempt = { account: personId, address: given.address, countsAlone: true };
    await this.limiter.take(attempt);
    await this.room.unitOfWork.run(async (tx) => {
      const now = this.room.wallClock.now();
      const answer = await takeSecondFactor(tx, { personId, code: given.code, keys: this.room.keys, now });
      if (answer === 'missing' || answer === 'wrong') throw new AppError('SECOND_FACTOR_WRONG');
      await tx.update(SessionEntity, { id: sessionId }, { awaits: null });
    });
    await this.limiter.clear(attempt);
  }

  /** A mail when it comes from an address, or a browser, the account was not used with before. */
  private async notice(
    tx: Tx,
    {
      person,
      request,
      now,
    }: { person: PersonEntity; request: Pick<SignInRequest, 'address' | 'userAgent'>; now: Date },
  ): Promise<void> {
    const account = person.email;
    const keys = [placeKey({ account, address: request.address }), browserKey(account, request.userAgent)];
    const [row] = await runPrepared<{ isNew: boolean }>(tx, rememberPlaces, [keys, person.id, now]);
    if (row?.isNew !== true) return;
    const { id: personId, provinceId } = person;
    await addPersonalMessage(tx, { provinceId, personId, template: 'newSignIn', at: this.room.clock.now() });
  }

  /** Null: no such session, or signed out, expired, or the person may no longer sign in. Nothing is cached. */
  async principalOf(token: string): Promise<SessionPrincipal | null> {
    if (token.length !== 43) return null;
    const found = await this.lookUp(hashToken(token).toString('hex'));
    if (found === null) return null;
    const { tokenHash: _, lastSeenAt, byProvider, hasSecondFactor, ...principal } = found;
    const asksHere = !byProvider || this.room.secondFactor.afterProvider;
    const isMissing = asksHere && !hasSecondFactor && needsSecondFactor(this.room.secondFactor, principal);
    const awaits = principal.awaits ?? (isMissing ? 'secondFactorSetUp' : null);
    const now = this.room.wallClock.now();
    if (now.getTime() - lastSeenAt.getTime() > seenEveryMs) await this.markSeen(principal.sessionId, now);
    return { ...principal, awaits };
  }

  private async find(hashes: readonly string[]): Promise<ReadonlyMap<string, FoundSession>> {
    const now = this.room.wallClock.now();
    const rows = await this.room.reader.read<FoundSession>(authenticate, [
      hashes.map((hash) => Buffer.from(hash, 'hex')),
      now,
      dayOf(this.room.clock.now()),
      this.idleSince(now),
    ]);
    return new Map(rows.map((row) => [row.tokenHash.toString('hex'), row]));
  }

  private idleSince(now: Date): Date {
    return new Date(now.getTime() - this.room.sessionIdleMinutes * 60_000);
  }

  private async markSeen(sessionId: string, now: Date): Promise<void> {
    await this.room.unitOfWork.run((tx) => tx.update(SessionEntity, { id: sessionId }, { lastSeenAt: now }));
  }

  /** Open sessions of the person, newest first. */
  async list(principal: SessionPrincipal): Promise<readonly SessionView[]> {
    const now = this.room.wallClock.now();
    const rows = await this.room.unitOfWork.run((tx) =>
      tx
        .createQueryBuilder(SessionEntity, 'session')
        .where('session.person_id = :personId', { personId: principal.personId })
        .andWhere('session.revoked_at is null')
        .andWhere('session.expires_at > :now', { now })
        .andWhere('session.last_seen_at > :idleSince', { idleSince: this.idleSince(now) })
        .orderBy('session.created_at', 'DESC')
        .addOrderBy('session.id')
        .getMany(),
    );
    return rows.map((session) => ({
      id: session.id,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
      current: session.id === principal.sessionId,
      userAgent: session.userAgent,
    }));
  }

  /** Ends the session of this request. */
  async signOut(principal: SessionPrincipal): Promise<void> {
    await this.revoke(principal, principal.sessionId);
  }

  /** Ends another of the person's own sessions. Throws NOT_FOUND for anybody else's, SIGN_IN_FAILED (password), SIGN_IN_AGAIN. */
  async end(principal: SessionPrincipal, given: Proof & { sessionId: string }): Promise<void> {
    await this.again.prove(principal, given);
    await this.revoke(principal, given.sessionId);
  }

  /** Signs somebody of the province out everywhere. Returns how many sessions that were. Throws FORBIDDEN, NOT_FOUND. */
  async endAllOf(principal: SessionPrincipal, given: { personId: string; requestId: string }): Promise<number> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId: principalId } = principal;
    const { personId, requestId } = given;
    const at = this.room.wallClock.now();
    return this.room.unitOfWork.run(async (tx) => {
      if ((await tx.findOneBy(PersonEntity, { id: personId, provinceId })) === null) throw new AppError('NOT_FOUND');
      const ended = await tx.update(SessionEntity, { personId, revokedAt: IsNull() }, { revokedAt: at });
      const count = ended.affected ?? 0;
      await recordAudit(tx, {
        ...{ kind: 'administration', action: 'sessions.ended', at, provinceId, subjectId: personId },
        ...{ principalId, requestId, details: { count } },
      });
      return count;
    });
  }

  private async revoke(principal: SessionPrincipal, sessionId: string): Promise<void> {
    const now = this.room.wallClock.now();
    const ended = await this.room.unitOfWork.run((tx) =>
      tx
        .createQueryBuilder()
        .update(SessionEntity)
        .set({ revokedAt: () => 'coalesce(revoked_at, :now)' })
        .where('id = :sessionId and person_id = :personId', { sessionId, personId: principal.personId, now })
        .execute(),
    );
    if (ended.affected === 0) throw new AppError('NOT_FOUND');
  }

  /** Ends every other session of the person. Throws SIGN_IN_FAILED when the current password is wrong, VALIDATION_FAILED. */
  async changePassword(
    principal: SessionPrincipal,
    given: { currentPassword: string; newPassword: string; address: string },
  ): Promise<void> {
    if (!this.room.localSignIn) throw new AppError('LOCAL_SIGN_IN_OFF');
    const attempt = { account: principal.personId, address: given.address, countsAlone: true };
    await this.limiter.take(attempt);
    const person = await this.room.unitOfWork.run((tx) => tx.findOneByOrFail(PersonEntity, { id: principal.personId }));
    const right = await verifyPassword({ stored: person.passwordHash, password: given.currentPassword });
    if (!right) throw new AppError('SIGN_IN_FAILED');
    const passwordHash = await hashPassword(given.newPassword);
    const now = this.room.wallClock.now();
    await this.room.unitOfWork.run(async (tx) => {
      // Compared again: of two changes at once the second one no longer knows the current password.
      const changed = await tx.update(
        PersonEntity,
        { id: person.id, passwordHash: person.passwordHash ?? '' },
        { passwordHash },
      );
      if (changed.affected === 0) throw new AppError('SIGN_IN_FAILED');
      const { provinceId, personId } = principal;
      await addPersonalMessage(tx, { provinceId, personId, template: 'passwordChanged', at: this.room.clock.now() });
      await recordAudit(tx, {
        ...sessionNote,
        action: 'password.changed',
        at: now,
        provinceId,
        subjectId: personId,
        principalId: personId,
      });
      await tx
        .createQueryBuilder()
        .update(SessionEntity)
        .set({ revokedAt: now })
        .where('person_id = :personId and id <> :sessionId and revoked_at is null', principal)
        .execute();
    });
    await this.limiter.clear(attempt);
  }
}

function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
