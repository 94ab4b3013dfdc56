import type { Command } from '../command.js';
import { table } from '../table.js';

const faultNames: Readonly<Record<string, string>> = {
  sequence: 'thiếu hoặc trùng số thứ tự',
  link: 'đứt mắt xích với sự kiện trước',
  content: 'nội dung đã bị sửa',
  private: 'phần riêng tư đã bị sửa',
  tail: 'mất đoạn cuối',
};

export const verifyAudit: Command = {
  name: 'audit verify',
  summary: {
    vi: 'Kiểm tra chuỗi băm của mọi nhật ký; mã thoát 1 khi có chỗ không khớp',
    en: 'Check the hash chain of every event log; status 1 when one is broken',
  },
  async run(house) {
    const report = await house.unitOfWork.run(async (tx) => {
      // One view of the whole table, while decisions go on.
      await tx.query('set transaction isolation level repeatable read read only');
      return house.runtime.verifyChains(tx);
    });
    const counted = `${report.instances} hồ sơ, ${report.events} sự kiện`;
    if (report.faults.length === 0) return { ok: true, data: report, text: `✓ Chuỗi nhật ký nguyên vẹn: ${counted}.` };
    const rows = report.faults.map((fault) => [fault.instanceId, fault.seq, faultNames[fault.kind] ?? fault.kind]);
    const text = `✗ ${report.faults.length} chỗ không khớp trong ${counted}:\n${table(['Hồ sơ', 'Sự kiện', 'Lỗi'], rows)}`;
    return { ok: false, data: report, text };
  },
};
