// Dials what it is told to, with the code and the trust of a process of the product, and says how each call went.
const dials = {
  async database({ url }) {
    const { createDataSource } = await import('#libs/persistence');
    const dataSource = createDataSource({ url, entities: [], migrations: [] });
    await dataSource.initialize();
    const [row] = await dataSource.query(
      'select ssl as encrypted, client_dn as "provenAs", current_user as name from pg_stat_ssl where pid = pg_backend_pid()',
    );
    await dataSource.destroy();
    return row;
  },
  async queue({ url }) {
    const { openQueues } = await import('#libs/queue');
    // What the log of a process would say is why.
    const logged = [];
    const log = { info: () => undefined, warn: ({ error }) => logged.push(error), error: () => undefined };
    const options = { redisUrl: url, names: ['dial'], prefix: 'dial', log, timeoutMs: 3000 };
    const queues = await openQueues(options);
    try {
      await queues.counts();
    } catch (cause) {
      throw new Error(logged.join(' '), { cause });
    } finally {
      await queues.close();
    }
    return { encrypted: url.startsWith('rediss:') };
  },
  async mail({ url, needsTls }) {
    const { createMailTransport } = await import('#libs/mail');
    const transport = createMailTransport({ smtpUrl: url, needsTls, from: 'Dial <dial@example.vn>', silenceMs: 3000 });
    const mail = { to: 'b@example.vn', subject: 'x', text: 'x', html: 'x', messageId: '<dial@example.vn>' };
    const result = await transport.send(mail);
    await transport.close();
    if (result.outcome !== 'accepted') throw new Error(result.response);
    return result;
  },
};

const causesOf = (error) => (error === undefined ? [] : [error.code, error.message, ...causesOf(error.cause)]);
const calls = JSON.parse(process.argv[2]);
const said = await Promise.all(
  calls.map((call) =>
    dials[call.what](call).catch((error) => ({ refused: causesOf(error).filter(Boolean).join(' | ') })),
  ),
);
process.stdout.write(JSON.stringify(said), () => process.exit(0));
