import { formatInstant } from '#libs/calendar';
import { resendLedgerMail } from '#libs/delegation';
import { type HouseCommand, textOption, UsageError } from '../command.js';
import { provinceIdOf } from '../province.js';
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
  bouncedAt: Date | null;
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
  options: { status: { type: 'string' }, limit: { type: 'string' }, bounced: { type: 'boolean' } },
  usage: '[--status sent|uncertain|failed|…] [--bounced] [--limit N]',
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
            m.sent_at as "sentAt", m.bounced_at as "bouncedAt", m.last_response as "lastResponse"
          from mails m left join instances i on i.id = m.instance_id
          where ($1::text is null or m.status = $1) and (not $3::boolean or m.bounced_at is not null)
          order by m.created_at desc, m.id limit $2`,
        [status, limit, options.bounced === true],
      ),
    );
    if (rows.length === 0) return { ok: true, data: rows, text: 'Không có thư nào.' };
    const cells = rows.map((row) => [
      formatInstant(row.sentAt ?? row.createdAt),
      `${statusNames[row.status] ?? row.status}${row.bouncedAt === null ? '' : ' (bị trả lại)'}`,
      row.template,
      row.caseCode,
      row.attempts,
      row.lastResponse,
      row.id,
    ]);
    return {
      ok: true,
      data: rows,
      text: table(['Lúc', 'Trạng thái', 'Mẫu thư', 'Hồ sơ', 'Số lần', 'Trả lời', 'ID'], cells),
    };
  },
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const resendMail: HouseCommand = {
  name: 'mail resend',
  operands: ['ID'],
  options: { province: { type: 'string' } },
  usage: '[--province MÃ]',
  summary: {
    vi: 'Gửi lại một thư không chắc đã gửi hoặc gửi lỗi; người nhận có thể nhận hai lần. Có ghi nhật ký',
    en: 'Sends one uncertain or failed mail again; its reader may get it twice. It is on record',
  },
  async run(house, { operands, options }) {
    const [mailId = ''] = operands;
    if (!uuid.test(mailId)) throw new UsageError('ID là mã của thư, xem ở cột cuối của `mail list`');
    const now = house.clock.now();
    const resent = await house.unitOfWork.run(async (tx) => {
      const provinceId = await provinceIdOf(tx, textOption(options, 'province'));
      return resendLedgerMail(tx, { mailId, provinceId, principalId: null, requestId: null, now });
    });
    const was = statusNames[resent.was] ?? resent.was;
    return { ok: true, data: resent, text: `Thư ${mailId} (${was}) sẽ được gửi lại trong giờ làm việc.` };
  },
};
