import { formatInstant } from '#libs/calendar';
import { type HouseCommand, textOption, UsageError } from '../command.js';
import { table } from '../table.js';

interface DueRow {
  id: string;
  kind: 'deadline' | 'reminder';
  name: string;
  caseCode: string;
  dueAt: Date;
  explanation: string;
}

export const dueTimers: HouseCommand = {
  name: 'timers due',
  options: { limit: { type: 'string' } },
  usage: '[--limit N]',
  summary: {
    vi: 'Thời hạn và nhắc việc đã đến lúc mà chưa chạy (bình thường: không có)',
    en: 'Deadlines and reminders that are due and have not fired (normally none)',
  },
  async run(house, { options }) {
    const limit = Number(textOption(options, 'limit') ?? '50');
    if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) throw new UsageError('--limit là số từ 1 đến 10000');
    const rows = await house.unitOfWork.run(async (tx) => {
      const ids = await house.runtime.dueTimerIds(tx, { limit });
      const due: DueRow[] = await tx.query(
        `select t.id, t.kind, t.name, i.case_code as "caseCode", t.due_at as "dueAt",
            coalesce(t.explanation, d.explanation)->>'vi' as explanation
          from timers t join instances i on i.id = t.instance_id left join timers d on d.id = t.deadline_id
          where t.id = any($1::uuid[]) order by t.due_at, t.id`,
        [ids],
      );
      return due;
    });
    if (rows.length === 0) return { ok: true, data: rows, text: 'Không có thời hạn nào đến lúc mà chưa chạy.' };
    const cells = rows.map((row) => [
      formatInstant(row.dueAt),
      row.kind === 'deadline' ? 'thời hạn' : 'nhắc việc',
      row.name,
      row.caseCode,
      row.explanation,
    ]);
    return { ok: true, data: rows, text: table(['Lúc', 'Loại', 'Tên', 'Hồ sơ', 'Cách tính'], cells) };
  },
};
