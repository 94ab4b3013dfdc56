import { type FormEvent, useState } from 'react';
import { type ApiScope, type ApiTokenView, apiScopes, apiScopeTexts, apiTokenMaxDays } from '#contracts/api-token.js';
import { useApiTokens, useCreateApiToken, useRevokeApiToken } from '../api/administration';
import { useMe } from '../api/queries';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Panel } from '../parts/panel';
import { administrationTexts as texts } from './administration-texts';
import { Refused } from './directory-form';

function NewToken() {
  const { say } = useLanguage();
  const create = useCreateApiToken();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const scopes = values.getAll('scope').map(String) as ApiScope[];
    create.mutate({ name: String(values.get('name')), scopes, days: Number(values.get('days')) });
  };
  return (
    <Panel title={say(texts.newToken)}>
      <form className="stack" aria-label={say(texts.newToken)} onSubmit={submit}>
        <div className="row" style={{ alignItems: 'start' }}>
          <label className="labelled">
            {say(texts.tokenName)}
            <input className="search" name="name" required maxLength={100} />
          </label>
          <label className="labelled">
            {say(texts.days)}
            <input
              className="search short"
              name="days"
              type="number"
              required
              min={1}
              max={apiTokenMaxDays}
              defaultValue={90}
            />
          </label>
        </div>
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>{say(texts.scopes)}</legend>
          {apiScopes.map((scope) => (
            <div key={scope}>
              <label>
                <input type="checkbox" name="scope" value={scope} /> {say(apiScopeTexts[scope])}
              </label>
            </div>
          ))}
        </fieldset>
        <Refused problem={create.error} />
        <div>
          <button type="submit" className="primary" disabled={create.isPending}>
            {say(texts.newToken)}
          </button>
        </div>
        <div role="status">
          {create.data && (
            <p>
              {say(texts.made)} <code className="sentence">{create.data.token}</code>
            </p>
          )}
        </div>
      </form>
    </Panel>
  );
}

function Revoke({ token }: { readonly token: ApiTokenView }) {
  const { say } = useLanguage();
  const revoke = useRevokeApiToken();
  return (
    <>
      <Refused problem={revoke.error} />
      <button
        type="button"
        className="quiet"
        aria-label={`${say(texts.revoke)}: ${token.name}`}
        disabled={revoke.isPending}
        onClick={() => revoke.mutate(token.id)}
      >
        {say(texts.revoke)}
      </button>
    </>
  );
}

const columns = ({ say }: LanguageValue, given: { mayChange: boolean; now: string }): Column<ApiTokenView>[] => [
  { title: say(texts.tokenName), cell: (row) => row.name },
  {
    title: say(texts.scopes),
    cell: (row) => row.scopes.map((scope) => <div key={scope}>{say(apiScopeTexts[scope])}</div>),
  },
  { title: say(texts.expires), kind: 'exact', cell: (row) => formatInstant(row.expiresAt) },
  {
    title: say(texts.lastUsed),
    kind: 'exact',
    cell: (row) => (row.lastUsedAt === null ? '–' : formatInstant(row.lastUsedAt)),
  },
  {
    title: say(texts.state),
    cell: (row) => {
      if (row.revokedAt !== null) return `${say(texts.revoked)} ${formatInstant(row.revokedAt)}`;
      if (row.expiresAt <= given.now) return say(texts.over);
      return given.mayChange ? <Revoke token={row} /> : '–';
    },
  },
];

/** Tokens of other systems: an administrator makes and ends them, an inspector sees them. */
export function Tokens() {
  const language = useLanguage();
  const { say } = language;
  const me = useMe().data;
  const [now] = useState(() => new Date().toISOString());
  const tokens = useApiTokens();
  if (tokens.isLoadingError) return <Failure problem={tokens.error} retry={() => tokens.refetch()} />;
  const mayChange = me?.roles.some((held) => held.role === 'administrator') ?? false;
  return (
    <div className="stack">
      <p className="muted">{say(texts.tokensIntro)}</p>
      {mayChange && <NewToken />}
      <DataTable
        label={say(texts.tokensIntro)}
        columns={columns(language, { mayChange, now })}
        rows={tokens.data?.items}
        rowKey={(row) => row.id}
        empty={say(texts.noTokens)}
      />
    </div>
  );
}
