import { describe, expect, it } from '@jest/globals';
import { AppError } from '#contracts/errors.js';
import type { HouseCommand } from './command.js';
import type { House } from './composition.js';
import { runCli } from './run-cli.js';

const house = { close: () => Promise.resolve() } as House;

const look: HouseCommand = {
  name: 'thing look',
  operands: ['ID'],
  options: { deep: { type: 'boolean' } },
  usage: '[--deep]',
  summary: { vi: 'Xem', en: 'Look' },
  run: (_, { operands, options }) => {
    if (operands[0] === 'gone') throw new AppError('NOT_FOUND');
    if (operands[0] === 'fault') throw new Error('disk on fire');
    return Promise.resolve({ ok: operands[0] !== 'bad', data: { seen: operands[0], options }, text: 'đã xem' });
  },
};

async function call(...argv: string[]): Promise<{ status: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const status = await runCli(argv, {
    commands: [look],
    openHouse: () => Promise.resolve(house),
    output: {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
    },
  });
  return { status, ...said };
}

describe('runCli', () => {
  it('prints for people, or for machines when asked', async () => {
    expect(await call('thing', 'look', '7')).toEqual({ status: 0, out: 'đã xem', err: '' });
    expect(await call('thing', 'look', '7', '--deep', '--json')).toEqual({
      status: 0,
      out: JSON.stringify({ seen: '7', options: { deep: true } }),
      err: '',
    });
  });

  it('ends with 1 when the answer is bad, with the answer still printed', async () => {
    expect(await call('thing', 'look', 'bad')).toMatchObject({ status: 1, out: 'đã xem' });
  });

  it('ends with 1 on a refusal and a fault, and says so on standard error', async () => {
    const refused = await call('thing', 'look', 'gone');
    expect(refused).toMatchObject({ status: 1, out: '' });
    expect(refused.err).toContain('NOT_FOUND');
    const faulty = await call('thing', 'look', 'fault', '--json');
    expect(faulty.status).toBe(1);
    expect(faulty.err).toContain('disk on fire');
    expect(faulty.out).not.toContain('disk on fire');
    expect(JSON.parse(faulty.out)).toMatchObject({ error: { code: 'INTERNAL' } });
  });

  it.each([
    [['thing', 'lose']],
    [['thing', 'look']],
    [['thing', 'look', '1', '2']],
    [['thing', 'look', '1', '--shallow']],
  ])('ends with 2 when the call is not understood: %j', async (argv) => {
    const { status, out, err } = await call(...argv);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).not.toBe('');
  });

  it('lists its commands without any database', async () => {
    const { status, out } = await call('help');
    expect(status).toBe(0);
    expect(out).toContain('thing look ID [--deep]');
  });
});
