import { DatePicker, Form, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useDeferredValue, useState } from 'react';
import { roleTexts } from '#contracts/roles.js';
import type { Me } from '#contracts/session.js';
import { lendableRoles, type SubstitutionOffer } from '#contracts/substitution.js';
import { useCreateSubstitution, useFoundPeople } from '../api/profile';
import { useLanguage } from '../language';
import { matches } from '../plain';
import { Problem } from './problem';
import { profileTexts } from './profile-texts';

interface Values {
  readonly substituteId: string;
  readonly scope: string;
  readonly firstDay: Dayjs;
  readonly lastDay: Dayjs;
}

const everything = 'all';
const isoDay = (day: Dayjs) => day.format('YYYY-MM-DD');

/** The whole of one's work first, because that is what an absence mostly means; then each role by itself. */
function useScopes(me: Me) {
  const { say } = useLanguage();
  const lendable = me.roles.filter((held) => (lendableRoles as readonly string[]).includes(held.role));
  const single = lendable.map((held) => ({
    value: `${held.role} ${held.organisationId}`,
    label: `${say(roleTexts[held.role])}, ${held.organisationName}`,
  }));
  return [{ value: everything, label: say(profileTexts.allWork) }, ...single];
}

/** Found by the server, with or without diacritics; a province has more people than a list can show. */
function PersonField({ me }: { readonly me: Me }) {
  const { t, say } = useLanguage();
  const [search, setSearch] = useState('');
  const people = useFoundPeople(useDeferredValue(search));
  const options = (people.data?.items ?? [])
    // While the answer is on its way the earlier one still stands here, and Enter must not take somebody else out of it.
    .filter((one) => one.id !== me.personId && matches(search, [one.fullName]))
    .map((one) => ({ value: one.id, label: [one.fullName, one.positions[0]?.title].filter(Boolean).join(', ') }));
  return (
    <Form.Item
      name="substituteId"
      label={say(profileTexts.substitute)}
      rules={[{ required: true, message: t('required') }]}
    >
      <Select showSearch={{ filterOption: false, onSearch: setSearch }} loading={people.isPending} options={options} />
    </Form.Item>
  );
}

/** Who, for what, from when to when. With an offer: exactly the days of that trip. */
export function SubstitutionForm({
  me,
  offer,
  close,
}: {
  readonly me: Me;
  readonly offer: SubstitutionOffer | null;
  readonly close: () => void;
}) {
  const { t, say } = useLanguage();
  const [form] = Form.useForm<Values>();
  const create = useCreateSubstitution();
  const required = [{ required: true, message: t('required') }];
  const submit = ({ substituteId, scope, firstDay, lastDay }: Values) => {
    const [role = null, organisationId = null] = scope === everything ? [] : scope.split(' ');
    const days = { firstDay: isoDay(firstDay), lastDay: isoDay(lastDay) };
    create.mutate({ substituteId, role, organisationId, ...days, caseId: offer?.caseId ?? null }, { onSuccess: close });
  };
  const day = (name: 'firstDay' | 'lastDay') => (
    <Form.Item name={name} label={say(profileTexts[name])} rules={required}>
      <DatePicker format="DD/MM/YYYY" placeholder={t('dateExample')} style={{ width: '100%' }} />
    </Form.Item>
  );
  return (
    <Modal
      open
      title={say(profileTexts.nameSubstitute)}
      okText={say(profileTexts.nameSubstitute)}
      cancelText={t('cancel')}
      confirmLoading={create.isPending}
      onCancel={close}
      onOk={() => form.submit()}
    >
      <div className="stack">
        <p>{offer ? `${offer.caseCode}: ${offer.delegationName}` : say(profileTexts.substitutionIntro)}</p>
        <Problem error={create.error} />
        <Form<Values>
          form={form}
          layout="vertical"
          onFinish={submit}
          initialValues={{
            scope: everything,
            ...(offer && { firstDay: dayjs(offer.firstDay), lastDay: dayjs(offer.lastDay) }),
          }}
        >
          <PersonField me={me} />
          <Form.Item name="scope" label={say(profileTexts.scope)} rules={required}>
            <Select options={useScopes(me)} />
          </Form.Item>
          <div className="two">
            {day('firstDay')}
            {day('lastDay')}
          </div>
        </Form>
      </div>
    </Modal>
  );
}
