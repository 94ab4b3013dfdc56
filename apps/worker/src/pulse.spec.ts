import { afterEach, describe, expect, it } from '@jest/globals';
import { createPulse, type HealthServer, openHealthServer } from './pulse.js';

let server: HealthServer | undefined;
afterEach(() => server?.close());

const answerOf = async (msSinceBeat: number, path = '/health/live') => {
  server = await openHealthServer(0, { ...createPulse(), msSinceBeat: () => msSinceBeat });
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return { status: answer.status, text: await answer.text() };
};

describe('the health of a worker', () => {
  it('is good while beats go through', async () => {
    expect(await answerOf(60_000)).toEqual({ status: 200, text: '{"msSinceBeat":60000}' });
  });
  it('is bad after a minute without one', async () => {
    expect((await answerOf(60_001)).status).toBe(503);
  });
  it('is asked for at one address', async () => {
    expect((await answerOf(0, '/')).status).toBe(404);
  });
  it('counts from the last beat', () => {
    const pulse = createPulse();
    pulse.beaten();
    expect(pulse.msSinceBeat()).toBeLessThan(1000);
  });
});
