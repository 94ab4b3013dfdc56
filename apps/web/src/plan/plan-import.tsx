import { Alert, App, Button, Checkbox, Drawer, Upload } from 'antd';
import { useState } from 'react';
import type { PlanPreview, PlanRow } from '#contracts/plan.js';
import { ApiProblem } from '../api/client';
import { useConfirmPlan, usePreviewPlan } from '../api/queries';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';

const hasError = (row: PlanRow) => row.problems.some((problem) => problem.severity === 'error');

interface Choice {
  readonly skipped: ReadonlySet<number>;
  readonly toggle: (index: number) => void;
}

function Problems({ row }: { readonly row: PlanRow }) {
  const { t, say } = useLanguage();
  return row.problems.map((problem) => (
    <div key={`${problem.code}-${problem.column}`} className={problem.severity === 'error' ? 'late' : 'muted'}>
      {problem.severity === 'error' ? `${t('mustMend')} ` : ''}
      {problem.column ? `${problem.column}: ` : ''}
      {say(problem.text)}
    </div>
  ));
}

const columns = ({ t }: LanguageValue, { skipped, toggle }: Choice): Column<PlanRow>[] => [
  {
    title: t('take'),
    cell: (row) => (
      <Checkbox
        aria-label={`${t('take')} ${t('row')} ${row.row}`}
        checked={!skipped.has(row.index)}
        disabled={hasError(row)}
        onChange={() => toggle(row.index)}
      />
    ),
  },
  { title: t('row'), kind: 'number', cell: (row) => row.row },
  {
    title: t('delegation'),
    cell: (row) => (
      <>
        {row.values.name} {row.known && <span className="mark">{t('known')}</span>}
      </>
    ),
  },
  { title: t('leader'), cell: (row) => row.values.head ?? '–' },
  { title: t('countries'), cell: (row) => row.values.countries.map((country) => country.name).join(', ') || '–' },
  { title: t('people'), kind: 'number', cell: (row) => row.values.peopleCount ?? '–' },
  { title: t('days'), kind: 'number', cell: (row) => row.values.days ?? '–' },
  { title: t('period'), kind: 'exact', cell: (row) => row.values.period?.label ?? '–' },
  { title: t('problems'), cell: (row) => (row.problems.length === 0 ? '–' : <Problems row={row} />) },
];

function Problem({ problem }: { readonly problem: unknown }) {
  const { t, say } = useLanguage();
  return <Alert type="error" showIcon title={problem instanceof ApiProblem ? say(problem.text) : t('failed')} />;
}

function Seen({ seen, choice }: { readonly seen: PlanPreview; readonly choice: Choice }) {
  const language = useLanguage();
  const { t, say } = language;
  return (
    <>
      <p role="status">
        {t('previewCounts', { rows: seen.rows.length, errors: seen.errorCount, warnings: seen.warningCount })}
      </p>
      {seen.importedBefore && <Alert type="info" showIcon title={t('importedBefore')} />}
      {seen.problems.map((problem) => (
        <Alert
          key={`${problem.code}-${problem.row}`}
          type={problem.severity === 'error' ? 'error' : 'warning'}
          showIcon
          title={say(problem.text)}
        />
      ))}
      <DataTable
        label={t('importPlan')}
        columns={columns(language, choice)}
        rows={seen.rows}
        rowKey={(row) => String(row.index)}
        empty={t('previewEmpty')}
      />
    </>
  );
}

/** Upload, look at every cell's problem, leave rows out on purpose, confirm. Nothing is imported before that. */
export function PlanImportDrawer({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const preview = usePreviewPlan();
  const confirm = useConfirmPlan();
  const [declared, declare] = useState(false);
  const [skipped, setSkipped] = useState<ReadonlySet<number>>(new Set());
  const look = (file: File) => {
    preview.mutate(file, {
      onSuccess: (seen) => setSkipped(new Set(seen.rows.filter(hasError).map((row) => row.index))),
    });
    return false;
  };
  const toggle = (index: number) =>
    setSkipped(
      (before) => new Set(before.has(index) ? [...before].filter((one) => one !== index) : [...before, index]),
    );
  const done = () => {
    preview.reset();
    confirm.reset();
    close();
  };
  const seen = preview.data;
  const finish = (id: string) =>
    confirm.mutate(
      { previewId: id, skipRows: [...skipped] },
      {
        onSuccess: (result) => {
          message.success(say(result.text));
          done();
        },
      },
    );
  return (
    <Drawer
      open={open}
      onClose={done}
      size={1180}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      title={t('importPlan')}
      extra={
        seen && (
          <Button
            type="primary"
            loading={confirm.isPending}
            disabled={seen.rows.length === skipped.size}
            onClick={() => finish(seen.id)}
          >
            {t('confirmImport', { n: seen.rows.length - skipped.size })}
          </Button>
        )
      }
    >
      <div className="stack">
        <Checkbox checked={declared} onChange={({ target }) => declare(target.checked)}>
          {t('fileHoldsNoSecrets')}
        </Checkbox>
        <Upload.Dragger
          disabled={!declared}
          accept=".xlsx,.docx,.csv"
          multiple={false}
          showUploadList={false}
          beforeUpload={look}
        >
          <p>{preview.isPending ? t('reading') : seen ? seen.fileName : t('importHint')}</p>
        </Upload.Dragger>
        {preview.isError && <Problem problem={preview.error} />}
        {confirm.isError && <Problem problem={confirm.error} />}
        {seen && <Seen seen={seen} choice={{ skipped, toggle }} />}
      </div>
    </Drawer>
  );
}
