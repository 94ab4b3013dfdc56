import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { IsNull } from 'typeorm';
import type { ApiScope, ApiTokenView, CreateApiToken, CreatedApiToken } from '#contracts/api-token.js';
import { AppError } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';
import { type PreparedReader, type PreparedStatement, runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { ApiTokenEntity } from './api-token.entity.js';
import { requireRole, type SessionPrincipal } from './permissions.js';

/** So that a token found in a file or a log is recognised for what it is. */
const prefix = 'tht_';
const pattern = /^tht_[\w-]{43}$/;
const dayMs = 86_400_000;
const seenEveryMs = 5 * 60_000;
/** A system holds no office: this organisation is none. */
const noOrganisation = '00000000-0000-0000-0000-000000000000';

/** A system that was let in: what it may ask, besides who it counts as. */
export interface SystemPrincipal {
  readonly principal: SessionPrincipal;
  readonly scopes: readonly ApiScope[];
}

const findToken: PreparedStatement = {
  name: 'organisation_find_api_token',
  text: `select id, province_id as "provinceId", scopes, last_used_at as "lastUsedAt" from api_tokens
    where token_hash = $1 and revoked_at is null and expires_at > $2`,
};

const listTokens: PreparedStatement = {
  name: 'organisation_list_api_tokens',
  text: `select t.id, t.name, t.scopes, t.created_at as "createdAt", p.full_name as "createdBy", t.expires_at as "expiresAt",
      t.last_used_at as "lastUsedAt", t.revoked_at as "revokedAt"
    from api_tokens t left join people p on p.id = t.created_by_id
    where t.province_id = $1 order by t.created_at desc, t.id limit 500`,
};

type TokenRow = Record<'createdAt' | 'expiresAt', Date> &
  Record<'lastUsedAt' | 'revokedAt', Date | null> &
  Pick<ApiTokenView, 'id' | 'name' | 'scopes' | 'createdBy'>;

/** Tokens of other systems. Lifetimes follow the time of browsers. */
export class ApiTokenService {
  constructor(
    private readonly room: {
      readonly unitOfWork: UnitOfWork;
      readonly reader: PreparedReader;
      readonly wallClock: Clock;
    },
  ) {}

  /** The newest first, ended ones too. Throws FORBIDDEN. */
  async list(principal: SessionPrincipal): Promise<readonly ApiTokenView[]> {
    requireRole(principal, { role: ['administrator', 'inspector'] });
    return this.room.unitOfWork.run((tx) => readApiTokens(tx, principal.provinceId));
  }

  /** Throws FORBIDDEN, VALIDATION_FAILED. */
  async create(
    principal: SessionPrincipal,
    given: CreateApiToken & { requestId: string | null },
  ): Promise<CreatedApiToken> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId } = principal;
    const at = this.room.wallClock.now();
    return this.room.unitOfWork.run((tx) => createApiToken(tx, { ...given, provinceId, createdById: personId, at }));
  }

  /** From the next request on. Throws FORBIDDEN, NOT_FOUND (also for one that has ended). */
  async revoke(principal: SessionPrincipal, given: { id: string; requestId: string | null }): Promise<void> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId } = principal;
    const at = this.room.wallClock.now();
    await this.room.unitOfWork.run((tx) => revokeApiToken(tx, { ...given, provinceId, revokedById: personId, at }));
  }

  /** Null: no such token, or it has ended. It counts as an inspector of its province, and only on the routes its scopes open. */
  async principalOf(token: string): Promise<SystemPrincipal | null> {
    if (!pattern.test(token)) return null;
    const now = this.room.wallClock.now();
    const [row] = await this.room.reader.read<Pick<ApiTokenEntity, 'id' | 'provinceId' | 'scopes' | 'lastUsedAt'>>(
      findToken,
      [hashOf(token), now],
    );
    if (row === undefined) return null;
    const { id, provinceId, scopes, lastUsedAt } = row;
    if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > seenEveryMs)
      await this.room.unitOfWork.run((tx) => tx.update(ApiTokenEntity, { id }, { lastUsedAt: now }));
    const office = { organisationId: noOrganisation, organisationCode: '', organisationVersionId: null };
    const roles = [{ role: 'inspector', ...office }] as const;
    return {
      principal: { sessionId: id, personId: id, provinceId, language: 'vi', roles, substituting: [] },
      scopes,
    };
  }
}

export async function readApiTokens(tx: Tx, provinceId: string): Promise<readonly ApiTokenView[]> {
  const rows = await runPrepared<TokenRow>(tx, listTokens, [provinceId]);
  return rows.map(({ createdAt, expiresAt, lastUsedAt, revokedAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }));
}

/** `createdById` null: the operator at the command line. The token is in the answer and nowhere else. */
export async function createApiToken(
  tx: Tx,
  given: CreateApiToken & { provinceId: string; createdById: string | null; at: Date; requestId: string | null },
): Promise<CreatedApiToken> {
  const { provinceId, name, days, createdById, at, requestId } = given;
  const scopes = [...new Set(given.scopes)].sort();
  const token = `${prefix}${randomBytes(32).toString('base64url')}`;
  const id = randomUUID();
  const expiresAt = new Date(at.getTime() + days * dayMs);
  await tx.insert(ApiTokenEntity, {
    ...{ id, provinceId, name, tokenHash: hashOf(token), scopes, createdAt: at, createdById, expiresAt },
    ...{ lastUsedAt: null, revokedAt: null },
  });
  await recordAudit(tx, {
    ...{ kind: 'administration', action: 'apiToken.created', at, provinceId, subjectId: id },
    ...{ principalId: createdById, requestId, details: { scopes, days } },
  });
  return { id, token, expiresAt: expiresAt.toISOString() };
}

/** Throws NOT_FOUND, also for one that has ended already. */
export async function revokeApiToken(
  tx: Tx,
  given: { provinceId: string; id: string; revokedById: string | null; at: Date; requestId: string | null },
): Promise<void> {
  const { provinceId, id, revokedById, at, requestId } = given;
  const ended = await tx.update(ApiTokenEntity, { id, provinceId, revokedAt: IsNull() }, { revokedAt: at });
  if (ended.affected === 0) throw new AppError('NOT_FOUND');
  await recordAudit(tx, {
    ...{ kind: 'administration', action: 'apiToken.revoked', at, provinceId, subjectId: id },
    ...{ principalId: revokedById, requestId },
  });
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
