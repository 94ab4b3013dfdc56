import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import { type InboxPage, type InboxQuery, type InboxView, inboxFilter, type SaveInboxView } from '#contracts/inbox.js';
import type { SessionPrincipal } from '#libs/organisation';
import type { CaseDependencies } from './case-dependencies.js';
import { readInbox } from './inbox.js';
import { InboxWatch } from './inbox-changes.js';
import { SavedInboxViewEntity } from './saved-inbox-view.entity.js';

/** More than anybody keeps apart; a guard against a script, not a feature. */
const viewLimit = 30;

/** What waits for a person: the list, the ways the person likes to see it, and the news of it. */
export class InboxService {
  constructor(private readonly dependencies: CaseDependencies) {}

  inbox(principal: SessionPrincipal, query: InboxQuery): Promise<InboxPage> {
    return readInbox(this.dependencies, principal, query);
  }

  /** The reader's own views, the oldest first. */
  views(principal: SessionPrincipal): Promise<InboxView[]> {
    return this.dependencies.unitOfWork.run(async (tx) => {
      const { personId } = principal;
      const rows = await tx.find(SavedInboxViewEntity, { where: { personId }, order: { createdAt: 'ASC', id: 'ASC' } });
      return rows.map(({ id, name, filter }) => ({ id, name, filter: inboxFilter.parse(filter) }));
    });
  }

  /** A name that exists takes the new filter. Throws VALIDATION_FAILED when there are too many. */
  saveView(principal: SessionPrincipal, { name, filter }: SaveInboxView): Promise<InboxView> {
    const { clock, unitOfWork } = this.dependencies;
    const { personId } = principal;
    return unitOfWork.run(async (tx) => {
      const known = await tx.findOneBy(SavedInboxViewEntity, { personId, name });
      if (!known && (await tx.countBy(SavedInboxViewEntity, { personId })) >= viewLimit) throw tooMany();
      const row = { id: randomUUID(), personId, name, filter, createdAt: clock.now() };
      await tx.upsert(SavedInboxViewEntity, known ? { ...known, filter } : row, ['personId', 'name']);
      return { id: known?.id ?? row.id, name, filter };
    });
  }

  /** Throws NOT_FOUND, also for a view of somebody else. */
  async removeView(principal: SessionPrincipal, viewId: string): Promise<void> {
    const { personId } = principal;
    const { affected } = await this.dependencies.unitOfWork.run((tx) =>
      tx.delete(SavedInboxViewEntity, { id: viewId, personId }),
    );
    if (affected === 0) throw new AppError('NOT_FOUND');
  }

  /** For one process: look with it from time to time. */
  watch(): InboxWatch {
    const { reader, clock } = this.dependencies;
    return new InboxWatch(reader, clock.now());
  }
}

function tooMany(): AppError {
  const text = {
    vi: `Đã có ${viewLimit} cách xem được lưu; xóa bớt rồi lưu tiếp.`,
    en: `There are ${viewLimit} saved views already; remove one first.`,
  };
  return new AppError('VALIDATION_FAILED', { fields: [{ path: 'name', text }] });
}
