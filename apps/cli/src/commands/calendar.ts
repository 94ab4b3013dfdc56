import { deadlineTexts } from '#contracts/deadline-names.js';
import { formatInstant } from '#libs/calendar';
import type { HouseCommand } from '../command.js';
import type { House } from '../composition.js';
import { table } from '../table.js';

interface Affected {
  readonly caseCode: string;
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
  readonly explanation: { readonly vi: string };
}

/** One transaction a case: what is open at that moment, by the calendar of today. */
async function affectedOf(house: House, row: { id: string; code: string }, apply: boolean): Promise<Affected[]> {
  const { runtime } = house;
  const moves = await house.unitOfWork.run(async (tx) => {
    if (!apply) return runtime.movedDeadlines(tx, await runtime.read(tx, row.id));
    return runtime.recomputeDeadlines(tx, await runtime.lock(tx, { instanceId: row.id }), { personId: null });
  });
  return moves.map(({ name, from, to, explanation }) => ({ caseCode: row.code, name, from, to, explanation }));
}

export const calendarAffected: HouseCommand = {
  name: 'calendar affected',
  options: { apply: { type: 'boolean' } },
  usage: '[--apply]',
  summary: {
    vi: 'Thời hạn đang chạy sẽ đổi theo lịch làm việc hiện nay; --apply: tính lại và báo người giữ việc',
    en: 'Open deadlines that today’s calendar moves; --apply computes them again and tells who holds the task',
  },
  async run(house, { options }) {
    const cases = await house.unitOfWork.run(
      (tx): Promise<{ id: string; code: string }[]> =>
        tx.query("select id, case_code as code from instances where status = 'active' order by case_code"),
    );
    const found: Affected[] = [];
    for (const row of cases) found.push(...(await affectedOf(house, row, options.apply === true)));
    if (found.length === 0) return { ok: true, data: found, text: 'Không thời hạn nào đổi theo lịch hiện nay.' };
    const names: Readonly<Record<string, { vi: string }>> = deadlineTexts;
    const cells = found.map((one) => [
      one.caseCode,
      names[one.name]?.vi ?? one.name,
      formatInstant(one.from),
      formatInstant(one.to),
      one.explanation.vi,
    ]);
    return { ok: true, data: found, text: table(['Hồ sơ', 'Thời hạn', 'Đang là', 'Sẽ là', 'Cách tính'], cells) };
  },
};
