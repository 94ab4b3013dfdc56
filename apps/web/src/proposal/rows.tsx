import { AutoComplete, Button, Form, Input, InputNumber, Select } from 'antd';
import type { ClipboardEvent } from 'react';
import type { PersonView } from '#contracts/organisation.js';
import type { ProposalMember } from '#contracts/proposal.js';
import { exceptionRules, fundingPayers, fundingSources, memberRoles } from '#contracts/proposal-kinds.js';
import { usePeople } from '../api/queries';
import { exceptionTexts, fundingTexts, payerTexts, roleTexts } from '../case/kind-texts';
import { useLanguage } from '../language';
import { useRowFocus } from '../parts/row-focus';
import { matches } from '../plain';
import { countryNames } from './countries';
import { pastedMembers } from './pasted-members';

const found = (search: string, option?: { readonly label?: unknown; readonly value?: unknown }) =>
  matches(search, [String(option?.label ?? option?.value ?? '')]);

function Remove({ remove, what }: { readonly remove: () => void; readonly what: string }) {
  const { t } = useLanguage();
  return (
    <Button data-part="remove" aria-label={`${t('remove')} ${what}`} title={t('remove')} onClick={remove}>
      ×
    </Button>
  );
}

const emptyMember: ProposalMember = { personId: null, fullName: '', position: '', organisation: '', role: 'member' };

const fromPerson = (person: PersonView, role: ProposalMember['role']): ProposalMember => ({
  personId: person.id,
  fullName: person.fullName,
  position: person.positions[0]?.title ?? '',
  organisation: person.positions[0]?.organisationName ?? '',
  role,
});

function Member({ row, people, remove }: MemberProps) {
  const { t } = useLanguage();
  const form = Form.useFormInstance();
  const label = (text: string) => `${text} ${row.name + 1}`;
  const change = (to: Partial<ProposalMember>) => {
    const member = form.getFieldValue(['members', row.name]) as ProposalMember;
    form.setFieldValue(['members', row.name], { ...member, ...to });
  };
  return (
    <div className="line member" data-row={row.name}>
      <span className="muted">{row.name + 1}</span>
      <Form.Item name={[row.name, 'personId']} hidden>
        <Input />
      </Form.Item>
      <Form.Item name={[row.name, 'fullName']} noStyle>
        <AutoComplete
          aria-label={label(t('fullName'))}
          placeholder={t('fullName')}
          options={people.map((person) => ({
            value: person.fullName,
            label: [person.fullName, person.positions[0]?.title].filter(Boolean).join(', '),
            person,
          }))}
          showSearch={{ filterOption: found }}
          onSelect={(_, option) => change(fromPerson(option.person, form.getFieldValue(['members', row.name]).role))}
          onChange={(name) => {
            const known = people.find((person) => person.fullName === name);
            change({ fullName: name, personId: known?.id ?? null });
          }}
        />
      </Form.Item>
      <Form.Item name={[row.name, 'position']} noStyle>
        <Input aria-label={label(t('position'))} placeholder={t('position')} />
      </Form.Item>
      <Form.Item name={[row.name, 'organisation']} noStyle>
        <Input aria-label={label(t('organisation'))} placeholder={t('organisation')} />
      </Form.Item>
      <Form.Item name={[row.name, 'role']} noStyle>
        <Select
          aria-label={label(t('role'))}
          options={memberRoles.map((role) => ({ value: role, label: t(roleTexts[role]) }))}
        />
      </Form.Item>
      <Remove remove={remove} what={label(t('members'))} />
    </div>
  );
}

interface MemberProps {
  readonly row: { readonly name: number };
  readonly people: readonly PersonView[];
  readonly remove: () => void;
}

/** One line a member; rows copied from a spreadsheet may be pasted into any of its fields. */
export function Members() {
  const { t } = useLanguage();
  const people = usePeople(true).data?.items ?? [];
  const form = Form.useFormInstance();
  const focus = useRowFocus();
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (!text.includes('\t')) return;
    event.preventDefault();
    const known = (member: ProposalMember) => {
      const person = people.find((one) => one.fullName === member.fullName);
      return { ...member, personId: person?.id ?? null };
    };
    const before = (form.getFieldValue('members') as ProposalMember[]).filter((member) => member?.fullName?.trim());
    form.setFieldValue('members', [...before, ...pastedMembers(text).map(known)]);
  };
  return (
    <Form.List name="members">
      {(rows, { add, remove }) => (
        <div className="lines" ref={focus.frame} onPaste={paste}>
          <p className="muted">{t('pasteMembers')}</p>
          {rows.map((row) => (
            <Member
              key={row.key}
              row={row}
              people={people}
              remove={() => {
                remove(row.name);
                focus.goTo(row.name, 'remove');
              }}
            />
          ))}
          <Button
            type="dashed"
            onClick={() => {
              add({ ...emptyMember, role: rows.length === 0 ? 'leader' : 'member' });
              focus.goTo(rows.length, 'first');
            }}
          >
            {t('addMember')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

/** In itinerary order: a country can be moved up and down. */
export function Countries() {
  const { t } = useLanguage();
  const focus = useRowFocus();
  return (
    <Form.List name="countries">
      {(rows, { add, remove, move }) => (
        <div className="lines" ref={focus.frame}>
          {rows.map((row) => (
            <div key={row.key} className="line country" data-row={row.name}>
              <span className="muted">{row.name + 1}</span>
              <Form.Item name={[row.name, 'name']} noStyle>
                <AutoComplete
                  aria-label={`${t('countries')} ${row.name + 1}`}
                  options={countryNames.map((value) => ({ value }))}
                  showSearch={{ filterOption: found }}
                />
              </Form.Item>
              <Button
                aria-label={`${t('moveUp')} ${row.name + 1}`}
                disabled={row.name === 0}
                data-part="up"
                onClick={() => {
                  move(row.name, row.name - 1);
                  focus.goTo(row.name - 1, 'up');
                }}
              >
                ↑
              </Button>
              <Button
                aria-label={`${t('moveDown')} ${row.name + 1}`}
                disabled={row.name === rows.length - 1}
                data-part="down"
                onClick={() => {
                  move(row.name, row.name + 1);
                  focus.goTo(row.name + 1, 'down');
                }}
              >
                ↓
              </Button>
              <Remove
                remove={() => {
                  remove(row.name);
                  focus.goTo(row.name, 'remove');
                }}
                what={`${t('countries')} ${row.name + 1}`}
              />
            </div>
          ))}
          <Button
            type="dashed"
            onClick={() => {
              add({ name: '', code: null });
              focus.goTo(rows.length, 'first');
            }}
          >
            {t('addCountry')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

const grouped = (value: number | string | undefined) => String(value ?? '').replace(/\B(?=(\d{3})+(?!\d))/g, '.');

export function Funding() {
  const { t } = useLanguage();
  const focus = useRowFocus();
  return (
    <Form.List name="funding">
      {(rows, { add, remove }) => (
        <div className="lines" ref={focus.frame}>
          {rows.map((row) => (
            <div key={row.key} className="line money" data-row={row.name}>
              <Form.Item name={[row.name, 'source']} noStyle>
                <Select
                  aria-label={`${t('fundingSource')} ${row.name + 1}`}
                  options={fundingSources.map((value) => ({ value, label: t(fundingTexts[value]) }))}
                />
              </Form.Item>
              <Form.Item name={[row.name, 'label']} noStyle>
                <Input aria-label={`${t('fundingLabel')} ${row.name + 1}`} placeholder={t('fundingLabel')} />
              </Form.Item>
              <Form.Item name={[row.name, 'amount']} noStyle>
                <InputNumber<number>
                  aria-label={`${t('amount')} ${row.name + 1}`}
                  placeholder={t('amount')}
                  min={0}
                  precision={0}
                  controls={false}
                  formatter={grouped}
                  parser={(text) => Number((text ?? '').replace(/\D/g, ''))}
                  style={{ width: '100%' }}
                />
              </Form.Item>
              <Form.Item name={[row.name, 'currency']} noStyle>
                <Select
                  aria-label={`${t('currency')} ${row.name + 1}`}
                  options={['VND', 'USD', 'EUR', 'JPY', 'KRW', 'CNY'].map((value) => ({ value, label: value }))}
                />
              </Form.Item>
              <Form.Item name={[row.name, 'paidBy']} noStyle>
                <Select
                  aria-label={`${t('paidBy')} ${row.name + 1}`}
                  options={fundingPayers.map((value) => ({ value, label: t(payerTexts[value]) }))}
                />
              </Form.Item>
              <Remove
                remove={() => {
                  remove(row.name);
                  focus.goTo(row.name, 'remove');
                }}
                what={`${t('funding')} ${row.name + 1}`}
              />
            </div>
          ))}
          <Button
            type="dashed"
            onClick={() => {
              add({ source: 'stateBudget', label: '', amount: null, currency: 'VND', paidBy: 'vietnam' });
              focus.goTo(rows.length, 'first');
            }}
          >
            {t('addFunding')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

/** A limit may be exceeded when the reason is given; which limits are, the rules beside the form say. */
export function Exceptions() {
  const { t } = useLanguage();
  const focus = useRowFocus();
  return (
    <Form.List name="exceptions">
      {(rows, { add, remove }) => (
        <div className="lines" ref={focus.frame}>
          {rows.map((row) => (
            <div key={row.key} className="line exception" data-row={row.name}>
              <Form.Item name={[row.name, 'rule']} noStyle>
                <Select
                  aria-label={`${t('limit')} ${row.name + 1}`}
                  options={exceptionRules.map((value) => ({ value, label: t(exceptionTexts[value]) }))}
                />
              </Form.Item>
              <Form.Item
                name={[row.name, 'justification']}
                style={{ margin: 0 }}
                rules={[{ min: 10, whitespace: true, message: t('justificationTooShort') }]}
              >
                <Input.TextArea
                  aria-label={`${t('justification')} ${row.name + 1}`}
                  placeholder={t('justification')}
                  autoSize={{ minRows: 1, maxRows: 6 }}
                />
              </Form.Item>
              <Remove
                remove={() => {
                  remove(row.name);
                  focus.goTo(row.name, 'remove');
                }}
                what={`${t('exceptions')} ${row.name + 1}`}
              />
            </div>
          ))}
          <Button
            type="dashed"
            onClick={() => {
              add({ rule: 'tripsPerYear', justification: '' });
              focus.goTo(rows.length, 'first');
            }}
          >
            {t('addException')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
