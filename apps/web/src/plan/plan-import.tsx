import { Alert, App, Button, Drawer, Flex, Table, Tag, Upload } from 'antd';
import { useState } from 'react';
import type { PlanPreview, PlanRow } from '#contracts/plan.js';
import { ApiProblem } from '../api/client';
import { useConfirmPlan, usePreviewPlan } from '../api/queries';
import { useLanguage } from '../language';

const hasError = (row: PlanRow) => row.problems.some((problem) => problem.severity === 'error');

function Rows({
  preview,
  skipped,
  setSkipped,
}: {
  preview: PlanPreview;
  skipped: number[];
  setSkipped: (rows: number[]) => void;
}) {
  const { t, say } = useLanguage();
  return (
    <Table<PlanRow>
      rowKey="index"
      size="small"
      scroll={{ x: 900 }}
      pagination={preview.rows.length > 100 ? { pageSize: 100 } : false}
      dataSource={preview.rows}
      rowSelection={{
        selectedRowKeys: preview.rows.map((row) => row.index).filter((index) => !skipped.includes(index)),
        onChange: (keys) => setSkipped(preview.rows.map((row) => row.index).filter((index) => !keys.includes(index))),
        getCheckboxProps: (row) => ({ disabled: hasError(row) }),
      }}
      columns={[
        { title: t('row'), dataIndex: 'row', width: 64, align: 'right' },
        {
          title: t('delegation'),
          render: (_, row) => (
            <>
              {row.values.name} {row.known && <Tag>{t('known')}</Tag>}
            </>
          ),
        },
        { title: t('countries'), render: (_, row) => row.values.countries.map((country) => country.name).join(', ') },
        { title: t('people'), width: 90, align: 'right', render: (_, row) => row.values.peopleCount },
        { title: t('days'), width: 90, align: 'right', render: (_, row) => row.values.days },
        { title: t('period'), width: 140, render: (_, row) => row.values.period?.label },
        {
          title: t('problems'),
          render: (_, row) =>
            row.problems.map((problem) => (
              <div
                key={`${problem.code}-${problem.column}`}
                className={problem.severity === 'error' ? 'late' : 'muted'}
              >
                {problem.column ? `${problem.column}: ` : ''}
                {say(problem.text)}
              </div>
            )),
        },
      ]}
    />
  );
}

function Problem({ problem }: { readonly problem: unknown }) {
  const { t, say } = useLanguage();
  return <Alert type="error" showIcon title={problem instanceof ApiProblem ? say(problem.text) : t('failed')} />;
}

/** Upload, look at every cell's problem, leave rows out on purpose, confirm. Nothing is imported before that. */
export function PlanImportDrawer({ open, close }: { readonly open: boolean; readonly close: () => void }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const preview = usePreviewPlan();
  const confirm = useConfirmPlan();
  const [skipped, setSkipped] = useState<number[]>([]);
  const look = (file: File) => {
    setSkipped([]);
    preview.mutate(file, { onSuccess: (seen) => setSkipped(seen.rows.filter(hasError).map((row) => row.index)) });
    return false;
  };
  const done = () => {
    preview.reset();
    confirm.reset();
    close();
  };
  const seen = preview.data;
  return (
    <Drawer
      open={open}
      onClose={done}
      size="large"
      styles={{ wrapper: { maxWidth: '100vw', width: 1100 } }}
      title={t('importPlan')}
      extra={
        seen && (
          <Button
            type="primary"
            loading={confirm.isPending}
            disabled={seen.rows.length === skipped.length}
            onClick={() =>
              confirm.mutate(
                { previewId: seen.id, skipRows: skipped },
                {
                  onSuccess: (result) => {
                    message.success(say(result.text));
                    done();
                  },
                },
              )
            }
          >
            {t('confirmImport', { n: seen.rows.length - skipped.length })}
          </Button>
        )
      }
    >
      <Flex vertical gap={12}>
        <Upload.Dragger accept=".xlsx,.docx,.csv" multiple={false} showUploadList={false} beforeUpload={look}>
          <p>{seen ? seen.fileName : t('importHint')}</p>
        </Upload.Dragger>
        {preview.isError && <Problem problem={preview.error} />}
        {confirm.isError && <Problem problem={confirm.error} />}
        {seen?.problems.map((problem) => (
          <Alert
            key={problem.code}
            type={problem.severity === 'error' ? 'error' : 'warning'}
            showIcon
            title={say(problem.text)}
          />
        ))}
        {seen && <Rows preview={seen} skipped={skipped} setSkipped={setSkipped} />}
      </Flex>
    </Drawer>
  );
}
