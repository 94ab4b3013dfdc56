import type { MailResult } from './types.js';

interface SmtpFault {
  readonly code?: string;
  readonly message?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/**
 * What a failed conversation means. With an answer of the server the answer decides (RFC 5321, 4.2.1: 4yz may be tried
 * again, 5yz not). Without one it depends on whether the message had begun to leave.
 */
export function judgeFault(fault: unknown, { bodyStarted }: { readonly bodyStarted: boolean }): MailResult {
  const { code, message = '', response, responseCode } = fault as SmtpFault;
  const said = response ?? message;
  // A wrong password of ours is not the mail's fault: the operator corrects it and the mail still goes.
  if (code === 'EAUTH') return { outcome: 'temporary', response: said };
  if (responseCode) return { outcome: responseCode >= 500 ? 'permanent' : 'temporary', response: said };
  if (bodyStarted) return { outcome: 'uncertain', response: `${said} (after the message had begun)` };
  // The library refused to begin: no recipient, a message it cannot build. Another try would end the same way.
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { outcome: 'permanent', response: said };
  return { outcome: 'temporary', response: said };
}
