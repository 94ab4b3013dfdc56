import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { type RetentionClass, type RetentionRule, type RetentionRun, retentionTexts } from '#contracts/retention.js';
import type { Me } from '#contracts/session.js';
import { useApplyRetention, useRetention, useSetRetention } from '../api/privacy';
import { useMe } from '../api/queries';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Problem } from '../profile/problem';

const texts = {
  intro: {
    vi: 'Mỗi ngày tiến trình nền xóa những gì quá hạn giữ. Hồ sơ, quyết định và tài liệu là hồ sơ lưu trữ nhà nước, không nằm trong số này. Số ngày mặc định là giả định của phần mềm; tỉnh đặt theo quy định của mình.',
    en: 'Every day the worker erases what is kept longer than this. Cases, decisions and documents are records of the State and not among it. The default numbers are assumptions of the product; the province sets its own.',
  },
  dataClass: { vi: 'Loại dữ liệu', en: 'Kind of data' },
  keepDays: { vi: 'Giữ (ngày)', en: 'Kept (days)' },
  due: { vi: 'Lần tới sẽ xóa', en: 'Erased next time' },
  assumed: { vi: 'giả định', en: 'assumption' },
  change: { vi: 'Đổi', en: 'Change' },
  save: { vi: 'Lưu', en: 'Save' },
  runNow: { vi: 'Xóa ngay những gì quá hạn', en: 'Erase what is due now' },
  runAsk: { vi: 'Xóa hẳn, không lấy lại được. Xóa ngay?', en: 'It is gone for good. Erase now?' },
  runs: { vi: 'Các lần đã xóa', en: 'What was erased' },
  at: { vi: 'Lúc', en: 'At' },
  erased: { vi: 'Đã xóa (dòng)', en: 'Erased (rows)' },
  nothing: { vi: 'Không có gì quá hạn', en: 'Nothing was due' },
  noRuns: { vi: 'Chưa chạy lần nào.', en: 'It has not run yet.' },
} as const;

function Days({ rule, mayChange }: { readonly rule: RetentionRule; readonly mayChange: boolean }) {
  const { say } = useLanguage();
  const set = useSetRetention();
  const [days, setDays] = useState<string | null>(null);
  if (days === null)
    return (
      <span className="row" style={{ gap: 8 }}>
        {rule.keepDays}
        {rule.changedAt === null && <span className="muted">{say(texts.assumed)}</span>}
        {mayChange && (
          <Button
            size="small"
            aria-label={`${say(texts.change)}: ${say(retentionTexts[rule.dataClass])}`}
            onClick={() => setDays(String(rule.keepDays))}
          >
            {say(texts.change)}
          </Button>
        )}
      </span>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ dataClass: rule.dataClass, keepDays: Number(days) }, { onSuccess: () => setDays(null) });
  };
  return (
    <form className="row" style={{ gap: 8 }} onSubmit={submit}>
      <Problem error={set.error} />
      <input
        className="search short"
        type="number"
        min={0}
        max={10_950}
        required
        aria-label={`${say(texts.keepDays)}: ${say(retentionTexts[rule.dataClass])}`}
        value={days}
        onChange={({ target }) => setDays(target.value)}
      />
      <Button size="small" type="primary" htmlType="submit" loading={set.isPending}>
        {say(texts.save)}
      </Button>
    </form>
  );
}

const ruleColumns = ({ say }: LanguageValue, mayChange: boolean): Column<RetentionRule>[] => [
  { title: say(texts.dataClass), cell: (rule) => say(retentionTexts[rule.dataClass]) },
  { title: say(texts.keepDays), cell: (rule) => <Days rule={rule} mayChange={mayChange} /> },
  { title: say(texts.due), kind: 'number', cell: (rule) => rule.due },
];

const runColumns = ({ say }: LanguageValue): Column<RetentionRun>[] => [
  { title: say(texts.at), kind: 'exact', cell: (run) => formatInstant(run.at) },
  {
    title: say(texts.erased),
    cell: (run) =>
      Object.entries(run.erased)
        .map(([name, count]) => `${say(retentionTexts[name as RetentionClass])}: ${count}`)
        .join('; ') || say(texts.nothing),
  },
];

const administers = (me: Me | null | undefined) => me?.roles.some((one) => one.role === 'administrator') === true;

/** How long what is kept, what the next run erases, and what the last ones did. The inspector reads, the administrator changes. */
export function Retention() {
  const language = useLanguage();
  const { say } = language;
  const report = useRetention();
  const apply = useApplyRetention();
  const mayChange = administers(useMe().data);
  if (report.isLoadingError) return <Failure problem={report.error} retry={() => report.refetch()} />;
  return (
    <div className="stack">
      <p>{say(texts.intro)}</p>
      <DataTable
        label={say(texts.dataClass)}
        columns={ruleColumns(language, mayChange)}
        rows={report.data?.rules}
        rowKey={(rule) => rule.dataClass}
        empty=""
      />
      {mayChange && (
        <div>
          <Problem error={apply.error} />
          <Button
            loading={apply.isPending}
            onClick={() => {
              if (window.confirm(say(texts.runAsk))) apply.mutate();
            }}
          >
            {say(texts.runNow)}
          </Button>
        </div>
      )}
      <h2>{say(texts.runs)}</h2>
      <DataTable
        label={say(texts.runs)}
        columns={runColumns(language)}
        rows={report.data?.runs}
        rowKey={(run) => run.id}
        empty={say(texts.noRuns)}
      />
    </div>
  );
}
