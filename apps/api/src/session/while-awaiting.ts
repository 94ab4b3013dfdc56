import { SetMetadata } from '@nestjs/common';
import type { SessionAwaits } from '#contracts/session.js';

export const openWhileAwaiting = 'openWhileAwaiting';

/** Opens a route to a session that still has to give one of these; every other route is closed to it until then. */
export function WhileAwaiting(...awaits: readonly SessionAwaits[]) {
  return SetMetadata(openWhileAwaiting, awaits);
}
