import { App, Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import type { PlanItemView } from '#contracts/plan.js';
import type { PlanItemPatch } from '#contracts/plan-cycle.js';
import { memberRanks, memberRankTexts } from '#contracts/ranks.js';
import { useSavePlanLine } from '../api/plan';
import { Refusal } from '../case/action-dialog';
import { useLanguage } from '../language';
import { planTexts } from './plan-texts';

const lineFields = [
  'name',
  'capacity',
  'head',
  'countries',
  'partners',
  'content',
  'period',
  'funding',
  'note',
] as const;
const long: readonly string[] = ['partners', 'content', 'note'];

/** The fields of Mẫu 04. Everything but the name may wait until the line is sent in. */
export function PlanLineForm({
  planId,
  units,
  item,
  close,
}: {
  readonly planId: string;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  /** Null: a new line. */
  readonly item: PlanItemView | null;
  readonly close: () => void;
}) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const save = useSavePlanLine(planId, item);
  const submit = (values: Readonly<Record<string, unknown>>) =>
    save.mutate(inputOf(values, item === null), {
      onSuccess: () => {
        message.success(say(planTexts.saved));
        close();
      },
    });
  const check = () => form.validateFields().then(submit, () => undefined);
  const examples: Readonly<Record<string, string>> = {
    countries: say(planTexts.countriesExample),
    period: say(planTexts.periodExample),
  };
  return (
    <Modal
      open
      title={say(item === null ? planTexts.addLine : planTexts.edit)}
      okText={say(planTexts.save)}
      cancelText={t('cancel')}
      confirmLoading={save.isPending}
      onCancel={close}
      onOk={check}
    >
      {save.isError && <Refusal problem={save.error} />}
      <Form form={form} layout="vertical" onFinish={check} initialValues={initialValues(item, units)}>
        {item === null && units.length > 1 && (
          <Form.Item
            name="organisationId"
            label={say(planTexts.unit)}
            rules={[{ required: true, message: t('required') }]}
          >
            <Select options={units.map(({ id, name }) => ({ value: id, label: name }))} />
          </Form.Item>
        )}
        {lineFields.map((field) => (
          <Form.Item
            key={field}
            name={field}
            label={say(planTexts[field])}
            rules={field === 'name' ? [{ required: true, message: t('required') }] : []}
          >
            {long.includes(field) ? (
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
            ) : (
              <Input {...(examples[field] !== undefined && { placeholder: examples[field] })} />
            )}
          </Form.Item>
        ))}
        <Form.Item name="leaderRank" label={say(planTexts.leaderRank)}>
          <Select
            allowClear
            options={memberRanks.map((rank) => ({ value: rank, label: say(memberRankTexts[rank]) }))}
          />
        </Form.Item>
        <Form.Item name="peopleCount" label={say(planTexts.peopleCount)}>
          <InputNumber min={1} max={1000} />
        </Form.Item>
        <Form.Item name="days" label={say(planTexts.days)}>
          <InputNumber min={1} max={366} />
        </Form.Item>
        <Form.Item name="includesTravel" valuePropName="checked">
          <Checkbox>{say(planTexts.includesTravel)}</Checkbox>
        </Form.Item>
        {item === null && (
          <Form.Item
            name="noStateSecrets"
            valuePropName="checked"
            rules={[
              {
                validator: (_, value) =>
                  value === true ? Promise.resolve() : Promise.reject(new Error(t('required'))),
              },
            ]}
          >
            <Checkbox>{say(planTexts.noStateSecrets)}</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

function initialValues(item: PlanItemView | null, units: readonly { readonly id: string }[]) {
  if (item === null) return { includesTravel: true, organisationId: units[0]?.id };
  const { name, capacity, head, partners, content, funding, note, leaderRank, peopleCount, days, includesTravel } =
    item;
  return {
    ...{ name, capacity, head, partners, content, funding, note, leaderRank, peopleCount, days, includesTravel },
    countries: item.countriesLabel,
    period: item.period?.label,
  };
}

function inputOf(
  values: Readonly<Record<string, unknown>>,
  isNew: boolean,
): PlanItemPatch & { organisationId?: string } {
  const entries = Object.entries(values).flatMap(([field, value]): (readonly [string, unknown])[] => {
    const text = typeof value === 'string' ? value.trim() : value;
    if (text === '' || text === undefined || text === null) return isNew ? [] : [[field, null]];
    return [[field, text]];
  });
  return Object.fromEntries(entries) as PlanItemPatch;
}
