import { AppError } from '#contracts/errors.js';
import { formatInstant } from '#libs/calendar';
import type { HouseCommand } from '../command.js';
import type { Tx } from '../composition.js';
import { pairs, table } from '../table.js';

interface InstanceRow {
  id: string;
  caseCode: string;
  definition: string;
  states: string[];
  status: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

interface Rows {
  tasks: { key: string; kind: string; assignee: string | null; dueAt: Date | null; due: string | null }[];
  timers: { kind: string; name: string; dueAt: Date; explanation: string }[];
  events: { seq: number; type: string; at: Date; who: string | null }[];
}

export const showInstance: HouseCommand = {
  name: 'instance show',
  operands: ['ID'],
  summary: {
    vi: 'Một hồ sơ: trạng thái, việc đang chờ, thời hạn, nhật ký (ID hoặc mã hồ sơ)',
    en: 'One case: state, open tasks, deadlines, event log (id or case code)',
  },
  async run(house, { operands }) {
    const [key = ''] = operands;
    const found = await house.unitOfWork.run(async (tx) => {
      const instance = await findInstance(tx, key);
      return { instance, rows: await readRows(tx, instance.id) };
    });
    return { ok: true, data: { ...found.instance, ...found.rows }, text: describe(found) };
  },
};

export const replayInstance: HouseCommand = {
  name: 'instance replay',
  operands: ['ID'],
  summary: {
    vi: 'Chạy lại nhật ký của hồ sơ và so với trạng thái đang lưu',
    en: 'Run the event log again and compare with the stored state',
  },
  async run(house, { operands }) {
    const [key = ''] = operands;
    const report = await house.unitOfWork.run(async (tx) => house.runtime.replay(tx, (await findInstance(tx, key)).id));
    const { snapshot: _, ...data } = report;
    const refused = report.refusedSeq === null ? '' : `; sự kiện số ${report.refusedSeq} bị từ chối khi chạy lại`;
    const verdict = report.matches ? '✓ Khớp với trạng thái đang lưu' : '✗ KHÔNG khớp với trạng thái đang lưu';
    return { ok: report.matches, data, text: `${verdict} (${report.events} sự kiện${refused}).` };
  },
};

/** By id or by case code. Throws NOT_FOUND, and DUPLICATE when two provinces use the same code. */
export async function findInstance(tx: Tx, key: string): Promise<InstanceRow> {
  const found: InstanceRow[] = await tx.query(
    `select id, case_code as "caseCode", definition_id || '@' || definition_version as definition, states, status, version,
        created_at as "createdAt", updated_at as "updatedAt"
      from instances where id::text = lower($1) or case_code = $1 limit 2`,
    [key],
  );
  const [instance] = found;
  if (instance === undefined) throw new AppError('NOT_FOUND', { text: missing(key) });
  if (found.length > 1) throw new AppError('DUPLICATE', { text: ambiguous(key) });
  return instance;
}

const missing = (key: string) => ({ vi: `Không có hồ sơ ${key}.`, en: `There is no case ${key}.` });
const ambiguous = (key: string) => ({
  vi: `Nhiều tỉnh có hồ sơ mã ${key}; hãy dùng ID.`,
  en: `Several provinces have a case ${key}; use its id.`,
});

async function readRows(tx: Tx, instanceId: string): Promise<Rows> {
  const [tasks, timers, events] = [
    await tx.query(
      `select t.key, t.kind, coalesce(p.full_name, t.role || ' · ' || o.code) as assignee, t.due_at as "dueAt",
          t.due_explanation->>'vi' as due
        from tasks t left join people p on p.id = t.person_id left join organisations o on o.id = t.organisation_id
        where t.instance_id = $1 and t.closed_at is null order by t.due_at nulls last, t.key`,
      [instanceId],
    ),
    await tx.query(
      `select kind, name, due_at as "dueAt", explanation->>'vi' as explanation from timers
        where instance_id = $1 and fired_at is null and cancelled_at is null order by due_at, kind`,
      [instanceId],
    ),
    await tx.query(
      `select e.seq, e.type, e.at, p.full_name as who from events e left join people p on p.id = e.principal_id
        where e.instance_id = $1 order by e.seq`,
      [instanceId],
    ),
  ];
  return { tasks, timers, events };
}

function describe({ instance, rows }: { instance: InstanceRow; rows: Rows }): string {
  return [
    pairs([
      ['Mã hồ sơ', instance.caseCode],
      ['ID', instance.id],
      ['Quy trình', instance.definition],
      ['Trạng thái', `${instance.states.join(', ')} (${instance.status})`],
      ['Phiên bản', instance.version],
      ['Cập nhật', formatInstant(instance.updatedAt)],
    ]),
    section('Việc đang chờ', ['Việc', 'Ai làm', 'Hạn', 'Cách tính'], rows.tasks, (task) => [
      task.key,
      task.assignee,
      task.dueAt === null ? null : formatInstant(task.dueAt),
      task.due,
    ]),
    section('Thời hạn đang chạy', ['Loại', 'Tên', 'Lúc', 'Cách tính'], rows.timers, (timer) => [
      timer.kind === 'deadline' ? 'thời hạn' : 'nhắc việc',
      timer.name,
      formatInstant(timer.dueAt),
      timer.explanation,
    ]),
    section('Nhật ký', ['Số', 'Sự kiện', 'Lúc', 'Người'], rows.events, (event) => [
      event.seq,
      event.type,
      formatInstant(event.at),
      event.who ?? 'hệ thống',
    ]),
  ].join('\n\n');
}

function section<Row>(
  title: string,
  headers: readonly string[],
  rows: readonly Row[],
  cells: (row: Row) => readonly (string | number | null)[],
): string {
  return rows.length === 0 ? `${title}: không có` : `${title}\n${table(headers, rows.map(cells))}`;
}
