import { SetMetadata } from '@nestjs/common';

export const serverToServer = 'serverToServer';

/** A route another server posts a form to. What it may do must follow from a signature in the form, never from a cookie. */
export function FromServer() {
  return SetMetadata(serverToServer, true);
}
