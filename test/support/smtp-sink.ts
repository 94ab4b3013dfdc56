import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly messageId: string;
  readonly raw: string;
}

/** A real SMTP server that keeps what it takes and can be told to answer otherwise. */
export interface SmtpSink {
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** Every message is answered with this code until it is set to null. */
  answer: number | null;
  /** Messages answered with an error. */
  readonly refused: { count: number };
  close(): Promise<void>;
}

export async function createSmtpSink(): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const refused = { count: 0 };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      let raw = '';
      stream.on('data', (chunk: Buffer) => {
        raw += chunk.toString('utf8');
      });
      stream.on('end', () => {
        if (sink.answer !== null) {
          refused.count += 1;
          return done(Object.assign(new Error('planned refusal'), { responseCode: sink.answer }));
        }
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
        mails.push({ to, raw, messageId: /^Message-ID: (.+)$/im.exec(raw)?.[1]?.trim() ?? '' });
        return done();
      });
    },
  });
  // A client that closes in the middle is no fault of the sink.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const sink: SmtpSink = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answer: null,
    refused,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}
