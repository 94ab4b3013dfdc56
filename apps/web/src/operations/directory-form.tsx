import type { ReactNode } from 'react';
import { ApiProblem } from '../api/client';
import { type DirectoryChange, useChangeDirectory } from '../api/directory-changes';
import { useLanguage } from '../language';
import { directoryTexts } from './directory-texts';

/** Why a change was refused: the field's own sentence where there is one. */
export function Refused({ problem }: { readonly problem: unknown }) {
  const { t, say } = useLanguage();
  if (problem === null || problem === undefined) return null;
  const known = problem instanceof ApiProblem ? problem : null;
  const fields = known?.fields.map((one) => say({ vi: one.detail, en: one.detailEn })) ?? [];
  return (
    <p className="late" role="alert">
      {fields.length > 0 ? fields.join(' ') : known ? say(known.text) : t('failed')}
    </p>
  );
}

/** A few fields and one change; `change` reads the fields, null while something is missing. */
export function DirectoryForm({
  label,
  change,
  done,
  children,
}: {
  readonly label: string;
  readonly change: () => DirectoryChange | null;
  readonly done: () => void;
  readonly children: ReactNode;
}) {
  const { say } = useLanguage();
  const send = useChangeDirectory();
  return (
    <form
      className="stack"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        const asked = change();
        if (asked) send.mutate(asked, { onSuccess: done });
      }}
    >
      <div className="row" style={{ alignItems: 'start' }}>
        {children}
      </div>
      <Refused problem={send.error} />
      <div className="row">
        <button type="submit" className="primary" disabled={send.isPending}>
          {say(directoryTexts.save)}
        </button>
        <button type="button" className="plain" onClick={done}>
          {say(directoryTexts.cancel)}
        </button>
      </div>
    </form>
  );
}

export function TextField({
  label,
  value,
  change,
  hint,
  type = 'text',
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly hint?: string;
  readonly type?: 'text' | 'email';
}) {
  return (
    <label className="labelled">
      {label}
      <input
        className="search"
        type={type}
        required
        minLength={2}
        maxLength={200}
        value={value}
        placeholder={hint}
        onChange={({ target }) => change(target.value)}
      />
    </label>
  );
}

export function ChoiceField({
  label,
  value,
  change,
  options,
  required = true,
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly options: readonly (readonly [string, string])[];
  readonly required?: boolean;
}) {
  return (
    <label className="labelled">
      {label}
      <select className="search" required={required} value={value} onChange={({ target }) => change(target.value)}>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
