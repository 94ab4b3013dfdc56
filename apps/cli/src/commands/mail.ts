import { formatInstant } from '#libs/calendar';
import { type HouseCommand, textOption, UsageError } from '../command.js';
import { table } from '../table.js';

/** The address and the subject stay out: both may name a person. The ledger's ids lead to them where one may look. */
interface MailRow {
  id: string;
  status: string;
  template: string;
  caseCode: string | null;
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
  lastResponse: string | null;
}

const statusNames: Readonly<Record<string, string>> = {
  planned: 'sẽ gửi',
  queued: 'đã xếp hàng',
  sending: 'đang gửi',
  sent: 'đã gửi',
  uncertain: 'KHÔNG CHẮC',
  failed: 'LỖI',
  suppressed: 'không gửi',
};

export const listMail: HouseCommand = {
  name: 'mail list',
  options: { status: { type: 'string' }, limit: { type: 'string' } },
  usage: '[--status sent|uncertain|failed|…] [--limit N]',
  summary: { vi: 'Sổ thư, mới nhất trước', en: 'The mail ledger, newest first' },
  async run(house, { options }) {
    const limit = Number(textOption(options, 'limit') ?? '50');
    if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) throw new UsageError('--limit là số từ 1 đến 10000');
    const status = textOption(options, 'status') ?? null;
    if (status !== null && statusNames[status] === undefined) {
      throw new UsageError(`--status là một trong: ${Object.keys(statusNames).join(', ')}`);
    }
    const rows: MailRow[] = await house.unitOfWork.run((tx) =>
      tx.query(
        `select m.id, m.status, m.template, i.case_code as "caseCode", m.attempts, m.created_at as "createdAt",
            m.sent_at as "sentAt", m.last_response as "lastResponse"
          from mails m left join instances i on i.id = m.instance_id
          where $1::text is null or m.status = $1 order by m.created_at desc, m.id limit $2`,
        [status, limit],
      ),
    );
    if (rows.length === 0) return { ok: true, data: rows, text: 'Không có thư nào.' };
    const cells = rows.map((row) => [
      formatInstant(row.sentAt ?? row.createdAt),
      statusNames[row.status] ?? row.status,
      row.template,
      row.caseCode,
      row.attempts,
      row.lastResponse,
    ]);
    return { ok: true, data: rows, text: table(['Lúc', 'Trạng thái', 'Mẫu thư', 'Hồ sơ', 'Số lần', 'Trả lời'], cells) };
  },
};
