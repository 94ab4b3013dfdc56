export interface Report {
  readonly messageId: string;
  readonly action?: string;
  /** How the original comes back: whole (Postfix), its headers only (Exchange). */
  readonly original?: string;
  readonly status?: string;
  /** Of the report itself, which a mail server gives it. */
  readonly id?: string;
}

/** As Postfix writes it. */
export const report = ({ messageId, action = 'failed', original = 'message/rfc822', status, id = 'r1' }: Report) =>
  [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
    `Message-ID: <${id}@mx.example>`,
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    ' boundary="=_b1"',
    '',
    '--=_b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I am sorry to have to tell you that your message could not be delivered.',
    '',
    '--=_b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; phochutich.ubnd@tuyenquang.example',
    `Action: ${action}`,
    `Status: ${status ?? '5.1.1'}`,
    'Diagnostic-Code: smtp; 550 5.1.1 <phochutich.ubnd@tuyenquang.example>: Recipient',
    '    address rejected: User unknown',
    '',
    '--=_b1',
    `Content-Type: ${original}`,
    '',
    'From: th@tuyenquang.example',
    `Message-ID: ${messageId}`,
    'Subject: x',
    '',
    ...(original === 'message/rfc822' ? ['Body', ''] : []),
    '--=_b1--',
    '',
  ].join('\r\n');
