import type { MessageEvent, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  catchError,
  EMPTY,
  endWith,
  exhaustMap,
  filter,
  from,
  ignoreElements,
  interval,
  map,
  merge,
  type Observable,
  of,
  Subject,
  share,
  takeUntil,
  takeWhile,
} from 'rxjs';
import type { InboxChange } from '#contracts/inbox.js';
import type { Clock } from '#libs/calendar';
import { concerning, type InboxChanges, type InboxService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';

/** How long a change may stay unseen. */
const lookEveryMs = 2_000;
/** A proxy closes a connection that says nothing for a minute; a session that ended must not hear on for long. */
const greetEveryMs = 20_000;

/**
 * Tells browsers that their inbox changed. One look at the log a process, however many listen, and none while nobody does; the
 * decisions themselves carry nothing for it, so they cost what they cost without it.
 */
export class InboxStream implements OnModuleDestroy {
  private readonly ended = new Subject<void>();
  private readonly changes: Observable<InboxChanges>;

  constructor(given: { inbox: InboxService; clock: Clock; logger: Logger }) {
    const watch = given.inbox.watch();
    this.changes = interval(lookEveryMs).pipe(
      exhaustMap(() =>
        from(watch.look(given.clock.now())).pipe(
          catchError((error: unknown) => {
            given.logger.warn({ err: error }, 'inbox stream: the look failed, the next one follows');
            return EMPTY;
          }),
        ),
      ),
      share(),
    );
  }

  /** `again` asks who the listener is now: null ends the stream, other roles hear other changes. */
  listen(first: SessionPrincipal, again: () => Promise<SessionPrincipal | null>): Observable<MessageEvent> {
    let principal = first;
    // One timer for a listener: when the session is gone the greetings end, and the news with them.
    const greetings = interval(greetEveryMs).pipe(
      exhaustMap(() => from(again()).pipe(catchError(() => of(principal)))),
      takeWhile((found) => found !== null),
      map((found) => {
        principal = found;
        return { type: 'hello', data: {} };
      }),
      share(),
    );
    const news = this.changes.pipe(
      map((changes) => concerning(changes, principal)),
      filter((cases) => cases !== null),
      map((cases) => ({ type: 'inbox', data: { cases: [...cases] } satisfies InboxChange })),
      takeUntil(greetings.pipe(ignoreElements(), endWith(null))),
    );
    return merge(of({ type: 'hello', data: {} }), greetings, news).pipe(takeUntil(this.ended));
  }

  /** Open connections would keep the server from closing. */
  onModuleDestroy(): void {
    this.ended.next();
  }
}
