import { AppError } from '#contracts/errors.js';
import { UsageError } from './command.js';
import type { Tx } from './composition.js';

/** The province named, or the only one there is. Throws NOT_FOUND, UsageError. */
export async function provinceIdOf(tx: Tx, code: string | undefined): Promise<string> {
  const provinces: { id: string; code: string }[] = await tx.query('select id, code from provinces order by code');
  if (code === undefined && provinces.length > 1) {
    throw new UsageError(
      `Có nhiều tỉnh (${provinces.map((province) => province.code).join(', ')}); thêm --province MÃ`,
    );
  }
  const found = code === undefined ? provinces[0] : provinces.find((province) => province.code === code);
  if (found !== undefined) return found.id;
  const missing = code === undefined ? 'nào' : `mã ${code}`;
  throw new AppError('NOT_FOUND', {
    text: {
      vi: `Chưa có tỉnh ${missing} trong cơ sở dữ liệu.`,
      en: `There is no province ${code ?? ''} in the database.`,
    },
  });
}
