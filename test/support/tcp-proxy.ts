import { connect, createServer, type Server, type Socket } from 'node:net';

export interface TcpProxy {
  readonly url: string;
  /** Ends every connection and refuses new ones, as a server that died. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** A port in front of a real server that a test may take away and give back. */
export async function createTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let listening = 0;
  let server: Server;
  const listen = async () => {
    server = createServer((inbound) => {
      const outbound = connect(Number(port), hostname);
      for (const socket of [inbound, outbound]) {
        sockets.add(socket);
        socket.on('error', () => inbound.destroy());
        socket.on('close', () => {
          inbound.destroy();
          outbound.destroy();
          sockets.delete(socket);
        });
      }
      inbound.pipe(outbound).pipe(inbound);
    });
    await new Promise<void>((resolve) => server.listen(listening, '127.0.0.1', resolve));
    listening = (server.address() as { port: number }).port;
  };
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen();
  const url = new URL(target);
  url.host = `127.0.0.1:${listening}`;
  return { url: url.toString(), cut, restore: listen, close: cut };
}
