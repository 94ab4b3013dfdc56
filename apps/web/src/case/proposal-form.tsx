import { Alert, App, Button, Checkbox, DatePicker, Drawer, Flex, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { CaseView } from '#contracts/case.js';
import type { ProposalMember, ProposalPatch } from '#contracts/proposal.js';
import { memberRoles } from '#contracts/proposal-kinds.js';
import { ApiProblem } from '../api/client';
import { useSaveProposal } from '../api/queries';
import { useLanguage } from '../language';
import type { TextKey } from '../texts';

const roleTexts: Record<(typeof memberRoles)[number], TextKey> = {
  leader: 'roleLeader',
  deputy: 'roleDeputy',
  member: 'roleMember',
  secretary: 'roleSecretary',
  interpreter: 'roleInterpreter',
};

interface Values extends Omit<ProposalPatch, 'departureDate' | 'returnDate'> {
  readonly dates?: [Dayjs | null, Dayjs | null] | null;
}

function Members() {
  const { t } = useLanguage();
  return (
    <Form.List name="members">
      {(rows, { add, remove }) => (
        <Flex vertical gap={8}>
          {rows.map((row) => (
            <Flex key={row.key} gap={8} wrap>
              <Form.Item name={[row.name, 'personId']} hidden>
                <Input />
              </Form.Item>
              <Form.Item name={[row.name, 'fullName']} noStyle>
                <Input placeholder={t('fullName')} style={{ flex: 2, minWidth: 140 }} />
              </Form.Item>
              <Form.Item name={[row.name, 'position']} noStyle>
                <Input placeholder={t('position')} style={{ flex: 2, minWidth: 140 }} />
              </Form.Item>
              <Form.Item name={[row.name, 'organisation']} noStyle>
                <Input placeholder={t('organisation')} style={{ flex: 2, minWidth: 140 }} />
              </Form.Item>
              <Form.Item name={[row.name, 'role']} noStyle>
                <Select
                  style={{ width: 140 }}
                  options={memberRoles.map((role) => ({ value: role, label: t(roleTexts[role]) }))}
                />
              </Form.Item>
              <Button aria-label={t('close')} onClick={() => remove(row.name)}>
                ×
              </Button>
            </Flex>
          ))}
          <Button
            type="dashed"
            onClick={() =>
              add({
                personId: null,
                fullName: '',
                position: '',
                organisation: '',
                role: 'member',
              } satisfies ProposalMember)
            }
          >
            {t('addMember')}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}

function Fields({ outOfPlan }: { readonly outOfPlan: boolean }) {
  const { t } = useLanguage();
  const area = { minRows: 2, maxRows: 10 };
  return (
    <>
      <Form.Item name="delegationName" label={t('delegation')} rules={[{ required: true, message: t('required') }]}>
        <Input />
      </Form.Item>
      <Form.Item name="capacity" label={t('capacity')}>
        <Input />
      </Form.Item>
      <Flex gap={16} wrap>
        <Form.Item name="dates" label={t('dates')} style={{ flex: 1, minWidth: 260 }}>
          <DatePicker.RangePicker format="DD/MM/YYYY" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="dayCount" label={t('days')}>
          <InputNumber min={1} max={400} />
        </Form.Item>
      </Flex>
      <Form.Item name="includesTravelDays" valuePropName="checked">
        <Checkbox>{t('includesTravel')}</Checkbox>
      </Form.Item>
      <Form.Item label={t('members')}>
        <Members />
      </Form.Item>
      <Form.Item name="purpose" label={t('purpose')}>
        <Input.TextArea autoSize={area} />
      </Form.Item>
      <Form.Item name="partners" label={t('partners')}>
        <Input.TextArea autoSize={area} />
      </Form.Item>
      <Form.Item name="content" label={t('content')}>
        <Input.TextArea autoSize={area} />
      </Form.Item>
      {outOfPlan && (
        <Form.Item name="outOfPlanJustification" label={t('outOfPlanReason')}>
          <Input.TextArea autoSize={area} />
        </Form.Item>
      )}
      <Form.Item name="urgentReason" label={t('urgentReason')}>
        <Input.TextArea autoSize={area} />
      </Form.Item>
      <Form.Item name="noStateSecrets" valuePropName="checked">
        <Checkbox>{t('noStateSecrets')}</Checkbox>
      </Form.Item>
    </>
  );
}

/** The proposal as one page of fields. A refused save keeps what was typed. */
export function ProposalForm({ view, close }: { readonly view: CaseView; readonly close: () => void }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const save = useSaveProposal(view.id);
  const [form] = Form.useForm<Values>();
  const { proposal } = view;
  const submit = ({ dates, ...values }: Values) =>
    save.mutate(
      {
        revision: proposal.revision,
        patch: {
          ...values,
          departureDate: dates?.[0]?.format('YYYY-MM-DD') ?? null,
          returnDate: dates?.[1]?.format('YYYY-MM-DD') ?? null,
        },
      },
      {
        onSuccess: () => {
          message.success(t('saved'));
          close();
        },
      },
    );
  const problem = save.error instanceof ApiProblem ? save.error : null;
  return (
    <Drawer
      open
      size="large"
      title={t('proposal')}
      onClose={close}
      styles={{ wrapper: { maxWidth: '100vw', width: 860 } }}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t('save')}
        </Button>
      }
    >
      {save.isError && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 12 }}
          title={problem?.status === 412 ? t('conflict') : problem ? say(problem.text) : t('failed')}
          description={problem?.fields.map((field) => (
            <div key={field.path}>{say({ vi: field.detail, en: field.detailEn })}</div>
          ))}
        />
      )}
      <Form<Values>
        form={form}
        layout="vertical"
        onFinish={submit}
        initialValues={{
          ...proposal,
          dates: proposal.departureDate
            ? [dayjs(proposal.departureDate), proposal.returnDate ? dayjs(proposal.returnDate) : null]
            : null,
        }}
      >
        <Fields outOfPlan={proposal.planItemId === null} />
      </Form>
    </Drawer>
  );
}
