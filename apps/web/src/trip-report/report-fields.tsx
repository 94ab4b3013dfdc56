import { Button, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { fundingSources } from '#contracts/proposal-kinds.js';
import { useOrganisations } from '../api/queries';
import { fundingTexts } from '../case/kind-texts';
import { useLanguage } from '../language';
import { useRowFocus } from '../parts/row-focus';
import { matches } from '../plain';
import { tripReportTexts } from './trip-report-texts';

const dateFormat = 'DD/MM/YYYY';

/** Rows of one kind under a heading, each in its own frame, added and removed by hand. */
function Rows({
  name,
  title,
  children,
}: {
  readonly name: string;
  readonly title: string;
  readonly children: (row: number) => ReactNode;
}) {
  const { say } = useLanguage();
  const focus = useRowFocus();
  return (
    <Form.List name={['report', name]}>
      {(rows, { add, remove }) => (
        <fieldset aria-label={title} className="rows">
          <strong>{title}</strong>
          <div className="stack" ref={focus.frame}>
            {rows.map((row, index) => (
              <div key={row.key} className="panel" data-row={row.name}>
                <div>
                  {children(row.name)}
                  <button
                    type="button"
                    className="quiet"
                    data-part="remove"
                    onClick={() => {
                      remove(row.name);
                      focus.goTo(row.name, 'remove');
                    }}
                  >
                    {say(tripReportTexts.remove).replace('{n}', String(index + 1))}
                  </button>
                </div>
              </div>
            ))}
            <Button
              onClick={() => {
                add({});
                focus.goTo(rows.length, 'first');
              }}
            >{`${say(tripReportTexts.add)}: ${title.toLocaleLowerCase('vi')}`}</Button>
          </div>
        </fieldset>
      )}
    </Form.List>
  );
}

/** Actual against approved, meetings, agreements, what follows: the report as data beside its document. */
export function ReportFields() {
  const { t, say } = useLanguage();
  const organisations = useOrganisations(true);
  const required = [{ required: true, message: t('required') }];
  const label = (key: keyof typeof tripReportTexts) => say(tripReportTexts[key]);
  return (
    <>
      <Form.Item name={['report', 'people']} label={label('people')} rules={required}>
        <InputNumber min={1} max={1000} />
      </Form.Item>
      <Form.Item name={['report', 'days']} label={label('days')} rules={required}>
        <InputNumber min={1} max={400} />
      </Form.Item>
      <Rows name="costs" title={label('costs')}>
        {(row) => (
          <>
            <Form.Item name={[row, 'source']} label={label('source')} rules={required}>
              <Select options={fundingSources.map((value) => ({ value, label: t(fundingTexts[value]) }))} />
            </Form.Item>
            <Form.Item name={[row, 'amount']} label={label('amount')} rules={required}>
              <InputNumber min={0} style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name={[row, 'currency']} label={label('currency')} initialValue="VND">
              <Select options={['VND', 'USD', 'EUR', 'JPY'].map((value) => ({ value, label: value }))} />
            </Form.Item>
          </>
        )}
      </Rows>
      <Form.Item name={['report', 'deviations']} label={label('deviations')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
      <Rows name="meetings" title={label('meetings')}>
        {(row) => (
          <>
            <Form.Item name={[row, 'date']} label={label('meetingDate')} rules={required}>
              <DatePicker format={dateFormat} placeholder={t('dateExample')} style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name={[row, 'place']} label={label('place')}>
              <Input maxLength={300} />
            </Form.Item>
            <Form.Item name={[row, 'partner']} label={label('partner')} rules={required}>
              <Input maxLength={500} />
            </Form.Item>
            <Form.Item name={[row, 'content']} label={label('content')} rules={required}>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
            </Form.Item>
          </>
        )}
      </Rows>
      <Rows name="agreements" title={label('agreements')}>
        {(row) => (
          <>
            <Form.Item name={[row, 'title']} label={label('title')} rules={required}>
              <Input maxLength={500} />
            </Form.Item>
            <Form.Item name={[row, 'partner']} label={label('partner')} rules={required}>
              <Input maxLength={500} />
            </Form.Item>
            <Form.Item name={[row, 'signedOn']} label={label('signedOn')}>
              <DatePicker format={dateFormat} placeholder={t('dateExample')} style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name={[row, 'term']} label={label('term')}>
              <Input maxLength={200} />
            </Form.Item>
          </>
        )}
      </Rows>
      <Rows name="followUps" title={label('followUps')}>
        {(row) => (
          <>
            <Form.Item name={[row, 'task']} label={label('task')} rules={required}>
              <Input maxLength={1000} />
            </Form.Item>
            <Form.Item name={[row, 'organisationId']} label={label('owner')} rules={required}>
              <Select
                loading={organisations.isPending}
                showSearch={{ filterOption: (search, option) => matches(search, [String(option?.label ?? '')]) }}
                options={organisations.data?.items.map((one) => ({ value: one.id, label: one.name })) ?? []}
              />
            </Form.Item>
            <Form.Item name={[row, 'dueDate']} label={label('dueDate')} rules={required}>
              <DatePicker format={dateFormat} placeholder={t('dateExample')} style={{ width: '100%' }} />
            </Form.Item>
          </>
        )}
      </Rows>
      <Form.Item name={['report', 'lessons']} label={label('lessons')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
    </>
  );
}

/** What the fields hold → the contract's shape; empty optional texts and days are left out. */
export function reportInput(held: unknown): object {
  const { people, days, costs, ...rest } = plainOf(held) as Readonly<Record<string, unknown>>;
  return { actual: { people, days, costs: costs ?? [] }, ...rest };
}

function plainOf(value: unknown): unknown {
  if (dayjs.isDayjs(value)) return value.format('YYYY-MM-DD');
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, inside]) =>
    inside === undefined || inside === null || inside === '' ? [] : [[name, plainOf(inside)] as const],
  );
  return Object.fromEntries(entries);
}
