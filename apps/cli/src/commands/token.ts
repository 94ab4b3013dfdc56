import { type ApiScope, apiScopes, apiTokenMaxDays } from '#contracts/api-token.js';
import { systemClock } from '#libs/calendar';
import { createApiToken, readApiTokens, revokeApiToken } from '#libs/organisation';
import { type HouseCommand, requiredOption, textOption, UsageError } from '../command.js';
import { provinceIdOf } from '../province.js';
import { pairs, table } from '../table.js';

const text = { type: 'string' } as const;

export const createToken: HouseCommand = {
  name: 'token create',
  options: { name: text, scope: text, days: text, province: text },
  usage: `--name TÊN --scope PHẠM_VI[,…] [--days SỐ_NGÀY] [--province MÃ]`,
  summary: {
    vi: `Cấp mã truy cập cho một hệ thống khác, in ra một lần; phạm vi: ${apiScopes.join(', ')}`,
    en: 'Make a token for another system, printed once',
  },
  async run(house, { options }) {
    const name = requiredOption(options, 'name');
    const scopes = scopesOf(requiredOption(options, 'scope'));
    const days = Number(textOption(options, 'days') ?? '90');
    if (!Number.isInteger(days) || days < 1 || days > apiTokenMaxDays)
      throw new UsageError(`--days từ 1 đến ${apiTokenMaxDays} (from 1 to ${apiTokenMaxDays})`);
    const made = await house.unitOfWork.run(async (tx) => {
      const provinceId = await provinceIdOf(tx, textOption(options, 'province'));
      const at = systemClock.now();
      return createApiToken(tx, { provinceId, name, scopes, days, createdById: null, at, requestId: null });
    });
    const lines: [string, string][] = [
      ['ID', made.id],
      ['Mã truy cập', made.token],
      ['Phạm vi', scopes.join(', ')],
      ['Hết hạn', made.expiresAt],
    ];
    return { ok: true, data: made, text: pairs(lines) };
  },
};

export const listTokens: HouseCommand = {
  name: 'token list',
  options: { province: text },
  usage: '[--province MÃ]',
  summary: { vi: 'Các mã truy cập của hệ thống khác', en: 'Tokens of other systems' },
  async run(house, { options }) {
    const tokens = await house.unitOfWork.run(async (tx) =>
      readApiTokens(tx, await provinceIdOf(tx, textOption(options, 'province'))),
    );
    const rows = tokens.map((one) => [
      one.id,
      one.name,
      one.scopes.join(' '),
      one.revokedAt === null ? one.expiresAt : `đã thu hồi ${one.revokedAt}`,
      one.lastUsedAt,
    ]);
    return { ok: true, data: tokens, text: table(['ID', 'Tên', 'Phạm vi', 'Hết hạn', 'Dùng gần nhất'], rows) };
  },
};

export const revokeToken: HouseCommand = {
  name: 'token revoke',
  operands: ['ID'],
  options: { province: text },
  usage: '[--province MÃ]',
  summary: { vi: 'Thu hồi một mã truy cập ngay', en: 'End a token now' },
  async run(house, { operands: [id = ''], options }) {
    if (!/^[0-9a-f-]{36}$/i.test(id)) throw new UsageError('ID là mã trong "token list" (an id from "token list")');
    await house.unitOfWork.run(async (tx) => {
      const provinceId = await provinceIdOf(tx, textOption(options, 'province'));
      await revokeApiToken(tx, { provinceId, id, revokedById: null, at: systemClock.now(), requestId: null });
    });
    return { ok: true, data: { id }, text: `Đã thu hồi ${id}.` };
  },
};

function scopesOf(given: string): ApiScope[] {
  const words = given.split(',').filter((word) => word !== '');
  const known = (word: string): word is ApiScope => (apiScopes as readonly string[]).includes(word);
  const unknown = words.filter((word) => !known(word));
  if (unknown.length > 0 || words.length === 0)
    throw new UsageError(`Không có phạm vi ${unknown.join(', ')}; các phạm vi: ${apiScopes.join(', ')}`);
  return words.filter(known);
}
