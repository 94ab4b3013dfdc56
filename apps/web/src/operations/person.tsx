import { useState } from 'react';
import type { HeldPosition, HeldRole, PersonRecord } from '#contracts/directory.js';
import { type MemberRank, memberRanks, memberRankTexts } from '#contracts/ranks.js';
import { type Role, roles, roleTexts } from '#contracts/roles.js';
import { useOrganisationsOn } from '../api/directory';
import { useChangePerson, useIssueLink, useMailLink, usePerson, useTakeFromAccount } from '../api/directory-changes';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { useLanguage } from '../language';
import { DayField } from '../parts/day-field';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { ChoiceField, DirectoryForm, Refused, TextField } from './directory-form';
import { directoryTexts } from './directory-texts';

interface Given {
  readonly personId: string;
  readonly today: string;
  readonly done: () => void;
}

function useOrganisationChoice() {
  const items = useOrganisationsOn('').data?.items ?? [];
  return [['', ''] as const, ...items.map((one) => [one.id, one.name] as const)];
}

function AddPosition({ personId, today, done }: Given) {
  const { say } = useLanguage();
  const organisations = useOrganisationChoice();
  const [organisationId, setOrganisation] = useState('');
  const [title, setTitle] = useState('');
  const [rank, setRank] = useState<MemberRank>('unitManaged');
  const [from, setFrom] = useState(today);
  return (
    <DirectoryForm
      label={say(directoryTexts.addPosition)}
      change={() =>
        from === '' ? null : { to: `/people/${personId}/positions`, body: { organisationId, title, rank, from } }
      }
      done={done}
    >
      <TextField label={say(directoryTexts.title)} value={title} change={setTitle} />
      <ChoiceField
        label={say(directoryTexts.organisation)}
        value={organisationId}
        change={setOrganisation}
        options={organisations}
      />
      <ChoiceField
        label={say(directoryTexts.rank)}
        value={rank}
        change={(value) => setRank(value as MemberRank)}
        options={memberRanks.map((one) => [one, say(memberRankTexts[one])])}
      />
      <DayField label={say(directoryTexts.from)} value={from} change={setFrom} required />
    </DirectoryForm>
  );
}

function AddRole({ personId, today, done }: Given) {
  const { say } = useLanguage();
  const organisations = useOrganisationChoice();
  const [organisationId, setOrganisation] = useState('');
  const [role, setRole] = useState<Role>('unitOfficer');
  const [from, setFrom] = useState(today);
  return (
    <DirectoryForm
      label={say(directoryTexts.addRole)}
      change={() => (from === '' ? null : { to: `/people/${personId}/roles`, body: { organisationId, role, from } })}
      done={done}
    >
      <ChoiceField
        label={say(directoryTexts.role)}
        value={role}
        change={(value) => setRole(value as Role)}
        options={roles.map((one) => [one, say(roleTexts[one])])}
      />
      <ChoiceField
        label={say(directoryTexts.organisation)}
        value={organisationId}
        change={setOrganisation}
        options={organisations}
      />
      <DayField label={say(directoryTexts.from)} value={from} change={setFrom} required />
    </DirectoryForm>
  );
}

function Held({
  row,
  words,
  what,
  today,
}: {
  readonly row: HeldPosition | HeldRole;
  readonly words: string;
  readonly what: 'positions' | 'role-assignments';
  readonly today: string;
}) {
  const { say } = useLanguage();
  const [ending, setEnding] = useState(false);
  const [from, setFrom] = useState(today);
  const isOver = row.validTo !== null && row.validTo <= today;
  const until = row.validTo ? formatDay(row.validTo) : say(directoryTexts.still);
  return (
    <li className={isOver ? 'muted' : undefined}>
      <div className="row apart">
        <span>
          {`${words}, ${row.organisation.name}`}{' '}
          <span className="muted">{`${formatDay(row.validFrom)} – ${until}`}</span>
        </span>
        {!isOver && row.validTo === null && !ending && (
          <button
            type="button"
            className="quiet"
            aria-label={`${say(directoryTexts.endOne)}: ${words}`}
            onClick={() => setEnding(true)}
          >
            {say(directoryTexts.endOne)}
          </button>
        )}
      </div>
      {ending && (
        <DirectoryForm
          label={`${say(directoryTexts.endOne)}: ${words}`}
          change={() => (from === '' ? null : { to: `/${what}/${row.id}/end`, body: { from } })}
          done={() => setEnding(false)}
        >
          <DayField label={say(directoryTexts.endFrom)} value={from} change={setFrom} required />
        </DirectoryForm>
      )}
    </li>
  );
}

const takenTexts = {
  sessions: directoryTexts.sessionsEnded,
  'second-factor': directoryTexts.secondFactorRemoved,
  'provider-account': directoryTexts.providerUnlinked,
};

function Account({ person }: { readonly person: PersonRecord }) {
  const { say } = useLanguage();
  const change = useChangePerson(person.id);
  const issue = useIssueLink(person.id);
  const mail = useMailLink(person.id);
  const take = useTakeFromAccount(person.id);
  const takeAway = (what: Parameters<typeof take.mutate>[0], words: string) => (
    <button type="button" className="plain" disabled={take.isPending} onClick={() => take.mutate(what)}>
      {words}
    </button>
  );
  return (
    <div className="stack" style={{ gap: 8 }}>
      <h3>{say(directoryTexts.account)}</h3>
      <p>
        {person.email}{' '}
        <span className="mark">{say(person.active ? directoryTexts.active : directoryTexts.inactive)}</span>{' '}
        {!person.hasPassword && <span className="mark">{say(directoryTexts.noPassword)}</span>}
      </p>
      <div className="row">
        {person.active && (
          <>
            <button type="button" className="plain" disabled={mail.isPending} onClick={() => mail.mutate()}>
              {say(directoryTexts.mailLink)}
            </button>
            <button type="button" className="plain" disabled={issue.isPending} onClick={() => issue.mutate()}>
              {say(directoryTexts.showLink)}
            </button>
          </>
        )}
        <button
          type="button"
          className="plain"
          disabled={change.isPending}
          onClick={() => change.mutate({ active: !person.active })}
        >
          {say(person.active ? directoryTexts.switchOff : directoryTexts.switchOn)}
        </button>
        {takeAway('sessions', say(directoryTexts.endSessions))}
        {person.hasSecondFactor && takeAway('second-factor', say(directoryTexts.removeSecondFactor))}
        {person.hasProviderAccount && takeAway('provider-account', say(directoryTexts.unlinkProvider))}
      </div>
      <Refused problem={change.error ?? issue.error ?? mail.error ?? take.error} />
      <div role="status">
        {mail.isSuccess && <p>{say(directoryTexts.linkMailed)}</p>}
        {take.isSuccess && <p>{say(takenTexts[take.variables])}</p>}
        {issue.data && (
          <p>
            {`${say(directoryTexts.linkOnce)} ${formatInstant(issue.data.expiresAt)}: `}
            <code className="sentence">{issue.data.url}</code>
          </p>
        )}
      </div>
    </div>
  );
}

/** Somebody's positions and roles through time, and their account. */
export function OnePerson({ personId, today, done }: Given) {
  const { say } = useLanguage();
  const found = usePerson(personId);
  const [adding, setAdding] = useState<'position' | 'role' | null>(null);
  if (found.isLoadingError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  if (found.data === undefined) return <Bones />;
  const person = found.data;
  const list = { margin: 0, paddingLeft: 16 };
  const given = { personId, today, done: () => setAdding(null) };
  const add = (what: 'position' | 'role', words: string) =>
    adding !== what && (
      <div>
        <button type="button" className="plain" onClick={() => setAdding(what)}>
          {words}
        </button>
      </div>
    );
  return (
    <Panel
      title={person.fullName}
      extra={
        <button type="button" className="quiet" onClick={done}>
          {say(directoryTexts.close)}
        </button>
      }
    >
      <div className="stack">
        <h3>{say(directoryTexts.positions)}</h3>
        {person.positions.length === 0 && <p className="muted">{say(directoryTexts.none)}</p>}
        <ul style={list}>
          {person.positions.map((row) => (
            <Held key={row.id} row={row} words={row.title} what="positions" today={today} />
          ))}
        </ul>
        {add('position', say(directoryTexts.addPosition))}
        {adding === 'position' && <AddPosition {...given} />}
        <h3>{say(directoryTexts.roles)}</h3>
        {person.roles.length === 0 && <p className="muted">{say(directoryTexts.none)}</p>}
        <ul style={list}>
          {person.roles.map((row) => (
            <Held key={row.id} row={row} words={say(roleTexts[row.role])} what="role-assignments" today={today} />
          ))}
        </ul>
        {add('role', say(directoryTexts.addRole))}
        {adding === 'role' && <AddRole {...given} />}
        <Account person={person} />
      </div>
    </Panel>
  );
}

export function NewPerson({ done }: { readonly done: () => void }) {
  const { say } = useLanguage();
  const [fullName, setName] = useState('');
  const [email, setEmail] = useState('');
  return (
    <Panel title={say(directoryTexts.addPerson)}>
      <DirectoryForm
        label={say(directoryTexts.addPerson)}
        change={() => ({ to: '/people', body: { fullName, email, language: 'vi' } })}
        done={done}
      >
        <TextField label={say(directoryTexts.person)} value={fullName} change={setName} />
        <TextField label={say(directoryTexts.email)} type="email" value={email} change={setEmail} />
      </DirectoryForm>
    </Panel>
  );
}
