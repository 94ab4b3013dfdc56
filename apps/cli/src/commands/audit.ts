import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { exportCase } from '#libs/delegation';
import { type HouseCommand, textOption } from '../command.js';
import type { House } from '../composition.js';
import { table } from '../table.js';
import { findInstance } from './instance.js';

const faultNames: Readonly<Record<string, string>> = {
  sequence: 'thiếu hoặc trùng số thứ tự',
  link: 'đứt mắt xích với cái trước',
  content: 'nội dung đã bị sửa',
  private: 'phần riêng tư đã bị sửa',
  tail: 'mất đoạn cuối',
  missing: 'thiếu điểm kiểm',
  signature: 'chữ ký không khớp',
  key: 'ký bằng khóa lạ',
  root: 'danh sách được ký đã bị sửa',
  sealed: 'không còn như lúc đóng dấu',
  copy: 'khác bản sao bên ngoài',
};

export const verifyAudit: HouseCommand = {
  name: 'audit verify',
  options: { outside: { type: 'string' }, keys: { type: 'string' } },
  usage: '[--outside FOLDER] [--keys ID,ID]',
  summary: {
    vi: 'Kiểm tra chuỗi băm của mọi nhật ký và các điểm kiểm đã ký, so với bản sao ở AUDIT_DIR hoặc FOLDER, chỉ nhận các khóa ID; mã thoát 1 khi không khớp',
    en: 'Check every hash chain and the signed checkpoints, against the copies in AUDIT_DIR or FOLDER, accepting only the keys ID; status 1 when one is broken',
  },
  async run(house, { options }) {
    const directory = path.resolve(textOption(options, 'outside') ?? house.config.audit.directory);
    const keyIds = textOption(options, 'keys')?.split(',');
    const report = await house.verifyAudit({ directory, ...(keyIds && { keyIds }) });
    const { chains, checkpoints } = report;
    const counted = `${chains.instances} hồ sơ, ${chains.events} sự kiện; ${checkpoints.checkpoints} điểm kiểm (${checkpoints.copies} bản sao bên ngoài, khóa ${checkpoints.keyIds.join(', ') || 'chưa có'})`;
    const rows = [
      ...chains.faults.map((fault) => [fault.instanceId, `sự kiện ${fault.seq}`, faultNames[fault.kind] ?? fault.kind]),
      ...checkpoints.faults.map((fault) => [
        fault.subjectId,
        `điểm kiểm ${fault.number}`,
        faultNames[fault.kind] ?? fault.kind,
      ]),
    ];
    if (rows.length === 0) return { ok: true, data: report, text: `✓ Nhật ký nguyên vẹn: ${counted}.` };
    const text = `✗ ${rows.length} chỗ không khớp trong ${counted}:\n${table(['Hồ sơ, bản ghi', 'Chỗ', 'Lỗi'], rows)}`;
    return { ok: false, data: report, text };
  },
};

export const sealAudit: HouseCommand = {
  name: 'audit seal',
  summary: {
    vi: 'Ký ngay một điểm kiểm và chép ra AUDIT_DIR (tiến trình nền tự làm theo AUDIT_INTERVAL_SECONDS)',
    en: 'Sign a checkpoint now and copy it to AUDIT_DIR (the worker does so every AUDIT_INTERVAL_SECONDS)',
  },
  async run(house) {
    const { leaves, copied, keyId } = await house.sealAudit();
    const text = `Đã đóng dấu ${leaves} mục mới, chép ${copied} điểm kiểm ra ${house.config.audit.directory}; khóa ${keyId}.`;
    return { ok: true, data: { leaves, copied, keyId }, text };
  },
};

export const exportAudit: HouseCommand = {
  name: 'audit export',
  operands: ['CASE'],
  options: { out: { type: 'string' } },
  usage: '[--out FILE]',
  summary: {
    vi: 'Xuất một hồ sơ cùng tài liệu thành gói đã ký; kiểm bằng npx thong-hanh-verify GÓI',
    en: 'Export one case with its documents as a signed bundle; check it with npx thong-hanh-verify BUNDLE',
  },
  async run(house: House, { operands, options }) {
    const [key = ''] = operands;
    const { id } = await house.unitOfWork.run((tx) => findInstance(tx, key));
    // What happened up to now is sealed first, so that the bundle carries its proof.
    await house.sealAudit();
    const bundle = await exportCase(house.exports, { caseId: id, principalId: null, requestId: null });
    const file = path.resolve(textOption(options, 'out') ?? bundle.fileName);
    await pipeline(bundle.stream, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }));
    return { ok: true, data: { file, instanceId: id }, text: `Đã xuất ${file}. Kiểm: npx thong-hanh-verify ${file}` };
  },
};
