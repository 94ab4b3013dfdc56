import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { AcceptedMail } from '#test/simulation/mail-server.js';

export const smtpPoints = ['connect', 'mailFrom', 'recipient', 'dataBegun', 'dataEnded', 'taken', 'answered'] as const;
/** `dataEnded`: the whole message is here, not yet taken. `taken`: it is, and nobody has been told. `answered`: the 250 is out. */
export type SmtpPoint = (typeof smtpPoints)[number];

/** A real SMTP server that a test may let stand still at any point of the conversation. */
export interface StagedSmtp {
  readonly url: string;
  readonly accepted: AcceptedMail[];
  /** Called at every point; the server goes on when it resolves. */
  stage: (point: SmtpPoint) => Promise<void>;
  close(): Promise<void>;
}

const goOn = async () => undefined;

export async function createStagedSmtp(now: () => Date): Promise<StagedSmtp> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onConnect: (_session, done) => void smtp.stage('connect').then(() => done()),
    onMailFrom: (_address, _session, done) => void smtp.stage('mailFrom').then(() => done()),
    onRcptTo: (_address, _session, done) => void smtp.stage('recipient').then(() => done()),
    onData: (stream, session, done) => {
      let raw = '';
      void smtp.stage('dataBegun').then(() => {
        stream.on('data', (chunk: Buffer) => {
          raw += chunk.toString('utf8');
        });
        stream.on('end', () => void take().then(() => done()));
      });
      const take = async () => {
        await smtp.stage('dataEnded');
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
        const messageId = /^Message-ID: (.+)$/im.exec(raw)?.[1]?.trim() ?? '';
        smtp.accepted.push({ to, messageId, at: now() });
        await smtp.stage('taken');
        setImmediate(() => void smtp.stage('answered'));
      };
    },
  });
  // A client that is killed in the middle is no fault of the server.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  const smtp: StagedSmtp = {
    url: `smtp://127.0.0.1:${port}`,
    accepted: [],
    stage: goOn,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return smtp;
}
