import type { MailTransport } from '#libs/mail';
import type { QueueTrace } from '#libs/queue';
import type { TraceCarrier, Tracing } from '#libs/tracing';

/** What is put in line and what is done about it are one trace: its id travels in the job. */
export function traceQueue(tracing: Tracing | undefined): QueueTrace | undefined {
  if (tracing === undefined) return undefined;
  return {
    produce: (name, work) => tracing.span({ name: `queue ${name}`, kind: 'producer' }, () => work(tracing.carry())),
    consume: ({ name, id, carried }, work) =>
      tracing.span(
        { name: `job ${name}`, kind: 'consumer', attributes: { 'job.id': id }, parent: carried as TraceCarrier },
        work,
      ),
  };
}

export function traceTransport(transport: MailTransport, tracing: Tracing | undefined): MailTransport {
  if (tracing === undefined) return transport;
  const send: MailTransport['send'] = (mail) =>
    tracing.span({ name: 'smtp send', kind: 'client' }, () => transport.send(mail));
  return new Proxy(transport, {
    get: (target, key) => (key === 'send' ? send : bound(target, Reflect.get(target, key))),
  });
}

const bound = (owner: object, value: unknown) => (typeof value === 'function' ? value.bind(owner) : value);
