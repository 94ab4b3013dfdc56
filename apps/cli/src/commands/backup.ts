import path from 'node:path';
import { createBackup, restoreBackup } from '../backup.js';
import { type Command, textOption } from '../command.js';

const countRows = (tables: readonly { readonly rows: number }[]) => tables.reduce((sum, table) => sum + table.rows, 0);

export const makeBackup: Command = {
  name: 'backup create',
  options: { out: { type: 'string' } },
  usage: '[--out FOLDER]',
  summary: {
    vi: 'Sao lưu cơ sở dữ liệu, tệp hồ sơ và điểm kiểm nhật ký vào FOLDER trong khi hệ thống vẫn chạy (không gồm khóa)',
    en: 'Back up database, files and audit checkpoints into FOLDER while the system runs (without the keys)',
  },
  async run(house, { options }) {
    const stamp = house.clock.now().toISOString().replace(/[:.]/g, '-');
    const folder = path.resolve(textOption(options, 'out') ?? path.join(house.config.dataDir, 'backup', stamp));
    const { tables, files } = await createBackup(house.backups, folder);
    const text = `Đã sao lưu ${countRows(tables)} dòng của ${tables.length} bảng và ${files.length} tệp vào ${folder}. Giữ riêng AUDIT_SIGNING_KEY và DATA_KEYS.`;
    return { ok: true, data: { folder, tables, files: files.length }, text };
  },
};

export const restore: Command = {
  name: 'backup restore',
  operands: ['FOLDER'],
  summary: {
    vi: 'Khôi phục vào cơ sở dữ liệu trống, rồi kiểm tra chuỗi nhật ký; mã thoát 1 khi không khớp',
    en: 'Restore into an empty database, then check the event chains; status 1 when they are broken',
  },
  async run(house, { operands: [folder = ''] }) {
    const { tables, files, madeAt } = await restoreBackup(house.backups, path.resolve(folder));
    const { chains, checkpoints } = await house.verifyAudit({ directory: house.config.audit.directory });
    const faults = chains.faults.length + checkpoints.faults.length;
    const restored = `Đã khôi phục bản sao lưu lúc ${madeAt}: ${countRows(tables)} dòng, ${files.length} tệp.`;
    const verdict =
      faults === 0
        ? `Chuỗi nhật ký nguyên vẹn: ${chains.events} sự kiện, ${checkpoints.checkpoints} điểm kiểm.`
        : `✗ Chuỗi nhật ký có ${faults} chỗ không khớp; xem audit verify.`;
    return { ok: faults === 0, data: { madeAt, chains, checkpoints }, text: `${restored} ${verdict}` };
  },
};
