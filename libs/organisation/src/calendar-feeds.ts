import { createHash, randomBytes } from 'node:crypto';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { CalendarFeedEntity } from './calendar-feed.entity.js';
import type { SessionPrincipal } from './permissions.js';

interface FeedChange {
  readonly principal: SessionPrincipal;
  readonly requestId: string;
  readonly at: Date;
}

/** When the present secret was made; null: the person has no feed. */
export async function feedMadeAt(tx: Tx, personId: string): Promise<Date | null> {
  return (await tx.findOneBy(CalendarFeedEntity, { personId }))?.createdAt ?? null;
}

/** A new secret, told this once; the one before opens nothing any more. */
export async function renewFeed(tx: Tx, change: FeedChange): Promise<string> {
  const { principal, at } = change;
  const secret = randomBytes(32).toString('base64url');
  const row = { personId: principal.personId, secretHash: hashOf(secret), createdAt: at };
  await tx.upsert(CalendarFeedEntity, row, ['personId']);
  await record(tx, 'calendarFeed.made', change);
  return secret;
}

/** Nothing happens when there is none. */
export async function removeFeed(tx: Tx, change: FeedChange): Promise<void> {
  const { affected } = await tx.delete(CalendarFeedEntity, { personId: change.principal.personId });
  if (affected) await record(tx, 'calendarFeed.removed', change);
}

function record(tx: Tx, action: string, { principal, requestId, at }: FeedChange): Promise<void> {
  const { personId, provinceId } = principal;
  return recordAudit(tx, {
    kind: 'session',
    action,
    at,
    provinceId,
    subjectId: personId,
    principalId: personId,
    requestId,
  });
}

const readerBySecret: PreparedStatement = {
  name: 'organisation_calendar_reader',
  text: `select p.id as "personId", p.language from calendar_feeds f join people p on p.id = f.person_id
    where f.secret_hash = $1 and p.active`,
};

export interface FeedReader {
  readonly personId: string;
  readonly language: 'vi' | 'en';
}

/** Whose calendar a secret opens; null for one that is unknown, replaced, or of somebody who has left. Writes nothing. */
export async function feedReader(tx: Tx, secret: string): Promise<FeedReader | null> {
  const [row] = await runPrepared<FeedReader>(tx, readerBySecret, [hashOf(secret)]);
  return row ?? null;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
