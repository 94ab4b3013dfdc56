import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** When the beat last went through without a fault, in real time: it measures this process, whatever the clock says. */
export interface Pulse {
  beaten(): void;
  msSinceBeat(): number;
}

export function createPulse(): Pulse {
  let beatenAt = performance.now();
  return {
    beaten: () => {
      beatenAt = performance.now();
    },
    msSinceBeat: () => Math.round(performance.now() - beatenAt),
  };
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A beat takes seconds when much is due, and the database may be away for a moment; a minute without one is an illness. */
const longestSilenceMs = 60_000;

/**
 * Answers whoever supervises this process, on the loopback only: 200 while beats go through, 503 when none has for a minute,
 * be it that the loop hangs or that the database refuses every beat.
 */
export async function openHealthServer(port: number, pulse: Pulse): Promise<HealthServer> {
  const server: Server = createServer((request, response) => {
    const msSinceBeat = pulse.msSinceBeat();
    const isKnown = request.method === 'GET' && request.url === '/health/live';
    const status = msSinceBeat <= longestSilenceMs ? 200 : 503;
    response.writeHead(isKnown ? status : 404, { 'content-type': 'application/json' });
    response.end(isKnown ? JSON.stringify({ msSinceBeat }) : undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
