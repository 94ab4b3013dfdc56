import { createHash, randomBytes } from 'node:crypto';
import { AppError, type ErrorCode } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { requireRole, type SessionPrincipal } from './permissions.js';
import { PersonEntity } from './person.entity.js';
import { ProviderAccountEntity } from './provider-account.entity.js';
import { ProviderSignInEntity } from './provider-sign-in.entity.js';
import { returnPath } from './return-path.js';
import type { SessionService, SignedIn } from './session.service.js';
import { SignInLimiter } from './sign-in-limiter.js';

/** How long somebody may take at the provider, in minutes; and sign-ins begun from one address in a quarter of an hour. Giả định. */
const minutesAway = 10;
const beginLimit = 200;
/** Sign-outs the provider may tell of from one address in a quarter of an hour: a whole province at the end of the day. Giả định. */
const signOutLimit = 20_000;

/** What an identity provider does; the room that talks to it is given by the composition root. */
export interface Provider {
  begin(): Promise<{ url: string; flow: { state: string; nonce: string; codeVerifier: string } }>;
  finish(given: {
    url: URL;
    flow: { state: string; nonce: string; codeVerifier: string };
  }): Promise<{ issuer: string; subject: string; session: string | null; verifiedEmail: string | null }>;
  readLogout(token: string): Promise<{ issuer: string; subject: string | null; session: string | null }>;
  signOutUrl(): Promise<string | null>;
}

interface Room {
  readonly unitOfWork: UnitOfWork;
  readonly wallClock: Clock;
  readonly sessions: SessionService;
  /** Null: the province has none; people sign in with a password. */
  readonly provider: Provider | null;
  /** Why the provider said no, for the person; null for a fault, which rises. */
  readonly refusalOf: (error: unknown) => ErrorCode | null;
}

/** The way there is remembered in the database under the hash of a cookie, so that another browser cannot finish it. */
export class ProviderSignInService {
  private readonly limiter: SignInLimiter;

  constructor(private readonly room: Room) {
    this.limiter = new SignInLimiter(room);
  }

  /** Throws NOT_FOUND without a provider, TOO_MANY_ATTEMPTS, PROVIDER_UNREACHABLE. */
  async begin(given: { to: string; address: string }): Promise<{ url: string; token: string; expiresAt: Date }> {
    const provider = this.provider();
    const begun = await this.limiter.countMore(['provider from', given.address]);
    if (begun > beginLimit) throw new AppError('TOO_MANY_ATTEMPTS');
    const { url, flow } = await this.explained(() => provider.begin());
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.room.wallClock.now().getTime() + minutesAway * 60_000);
    const row = { ...flow, tokenHash: hashOf(token), returnTo: returnPath(given.to), expiresAt };
    await this.room.unitOfWork.run((tx) => tx.insert(ProviderSignInEntity, row));
    return { url, token, expiresAt };
  }

  /**
   * `token`: of the cookie. Throws PROVIDER_ANSWER_INVALID (another browser, used, too old, or the answer is not the one asked for),
   * PROVIDER_REFUSED, PROVIDER_UNREACHABLE, PROVIDER_ACCOUNT_UNKNOWN.
   */
  async finish(given: {
    token: string | null;
    url: URL;
    address: string;
    userAgent?: string | undefined;
    requestId: string;
  }): Promise<SignedIn & { readonly returnTo: string }> {
    const provider = this.provider();
    const flow = given.token === null ? null : await this.takeFlow(given.token);
    if (flow === null) throw new AppError('PROVIDER_ANSWER_INVALID');
    const identity = await this.explained(() => provider.finish({ url: given.url, flow }));
    const person = await this.room.unitOfWork.run((tx) => this.personOf(tx, identity, given.requestId));
    if (person === null) throw new AppError('PROVIDER_ACCOUNT_UNKNOWN');
    const { address, userAgent } = given;
    const opened = await this.room.sessions.openByProvider(person, { address, userAgent, session: identity.session });
    return { ...opened, returnTo: returnPath(flow.returnTo) };
  }

  /** Where the browser signs out at the provider too; null when there is no such place. Throws NOT_FOUND without a provider. */
  async signOutUrl(): Promise<string | null> {
    return this.provider().signOutUrl();
  }

  /**
   * The provider says that somebody signed out there: the sessions they opened through it end, the one it names or, when it names none, all
   * of theirs. Throws NOT_FOUND without a provider, PROVIDER_ANSWER_INVALID, PROVIDER_UNREACHABLE, TOO_MANY_ATTEMPTS.
   */
  async signedOutThere(given: { token: string; address: string; requestId: string }): Promise<void> {
    const provider = this.provider();
    const told = await this.limiter.countMore(['provider sign-out from', given.address]);
    if (told > signOutLimit) throw new AppError('TOO_MANY_ATTEMPTS');
    const { issuer, subject, session } = await this.explained(() => provider.readLogout(given.token));
    const at = this.room.wallClock.now();
    const { requestId } = given;
    await this.room.unitOfWork.run(async (tx) => {
      const ended = await runPrepared<{ personId: string; provinceId: string; count: number }>(tx, endByProvider, [
        ...[issuer, subject, session, at],
      ]);
      for (const { personId, provinceId, count } of ended)
        await recordAudit(tx, {
          ...{ kind: 'session', action: 'sessions.endedByProvider', at, provinceId, subjectId: personId, requestId },
          details: { count },
        });
    });
  }

  /** For somebody who has another account there now; the next sign-in by a verified address finds them anew. Throws FORBIDDEN, NOT_FOUND. */
  async unlink(principal: SessionPrincipal, given: { personId: string; requestId: string }): Promise<void> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId: principalId } = principal;
    const { personId, requestId } = given;
    await this.room.unitOfWork.run(async (tx) => {
      const person = await tx.findOneBy(PersonEntity, { id: personId, provinceId });
      const removed = person && (await tx.delete(ProviderAccountEntity, { personId }));
      if (!removed?.affected) throw new AppError('NOT_FOUND');
      const at = this.room.wallClock.now();
      await recordAudit(tx, {
        ...{ kind: 'administration', action: 'providerAccount.unlinked', at, provinceId, subjectId: personId },
        ...{ principalId, requestId },
      });
    });
  }

  /** Once, whatever becomes of it. */
  private async takeFlow(token: string): Promise<ProviderFlowRow | null> {
    const values = [hashOf(token), this.room.wallClock.now()];
    const [row] = await this.room.unitOfWork.run((tx) => runPrepared<ProviderFlowRow>(tx, takeFlow, values));
    return row ?? null;
  }

  /**
   * By the provider's own name for the account; at the first time by an address the provider has verified. Somebody who has an account
   * there keeps it: an address given to somebody new at the provider opens nothing of its former owner.
   */
  private async personOf(
    tx: Tx,
    { issuer, subject, verifiedEmail }: { issuer: string; subject: string; verifiedEmail: string | null },
    requestId: string,
  ): Promise<PersonEntity | null> {
    const known = await tx.findOneBy(ProviderAccountEntity, { issuer, subject });
    if (known) return tx.findOneBy(PersonEntity, { id: known.personId, active: true });
    if (verifiedEmail === null) return null;
    const email = verifiedEmail.trim().toLowerCase();
    const lock = { mode: 'pessimistic_write' } as const;
    const person = await tx.findOne(PersonEntity, { where: { email, active: true }, lock });
    if (person === null) return null;
    const { id: personId, provinceId } = person;
    if (await tx.findOneBy(ProviderAccountEntity, { issuer, personId })) return null;
    const at = this.room.wallClock.now();
    await tx.insert(ProviderAccountEntity, { issuer, subject, personId, createdAt: at });
    await recordAudit(tx, {
      ...{ kind: 'session', action: 'providerAccount.linked', at, provinceId },
      ...{ subjectId: personId, principalId: personId, requestId },
    });
    return person;
  }

  private provider(): Provider {
    if (this.room.provider === null) throw new AppError('NOT_FOUND');
    return this.room.provider;
  }

  private async explained<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      const code = this.room.refusalOf(error);
      if (code === null) throw error;
      throw new AppError(code, {}, { cause: error });
    }
  }
}

interface ProviderFlowRow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
}

const takeFlow: PreparedStatement = {
  name: 'organisation_take_provider_sign_in',
  text: `with taken as (delete from provider_sign_ins where token_hash = $1 returning *)
    select state, nonce, code_verifier as "codeVerifier", return_to as "returnTo" from taken where expires_at > $2`,
};

/** $1 issuer, $2 account there or null, $3 its name for the session or null, $4 now. One of $2 and $3 is there. */
const endByProvider: PreparedStatement = {
  name: 'organisation_end_by_provider',
  text: `with ended as (
      update sessions s set revoked_at = $4 from provider_accounts a
      where a.person_id = s.person_id and a.issuer = $1 and s.by_provider and s.revoked_at is null
        and ($2::text is null or a.subject = $2) and ($3::text is null or s.provider_session = $3 or (s.provider_session is null and $2::text is not null))
      returning s.person_id
    )
    select p.id as "personId", p.province_id as "provinceId", count(*)::integer as count
    from ended e join people p on p.id = e.person_id group by p.id`,
};

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
