import { useMemo, useState } from 'react';
import type { Text } from '#contracts/text.js';
import { fieldName, pathName, readProfile } from '#libs/policy';
import { usePreviewRules } from '../api/rules';
import { Failure } from '../failure';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { Field } from './field';
import { Impact } from './impact';
import { ruleTexts } from './rule-texts';
import { isGroup, type Json, profileSchema } from './schema';

/** Set by publishing, or of the file alone. */
const notEdited = ['$schema', 'id', 'version', 'provinceCode', 'validFrom', 'validTo'];
const sections = Object.keys(profileSchema.properties ?? {}).filter((field) => !notEdited.includes(field));

/** What the same code that reads a profile file finds, by path. */
function useProblems(profile: Json) {
  return useMemo(() => {
    const found = new Map<string, readonly Text[]>();
    for (const { path, text } of readProfile(profile).problems) found.set(path, [...(found.get(path) ?? []), text]);
    return found;
  }, [profile]);
}

/** A new version drafted from the one in force: nothing is stored before it is published. */
export function ProfileEditor({
  start,
  newest,
  done,
}: {
  readonly start: Json;
  /** The newest version there is, which the new one follows. */
  readonly newest: number;
  readonly done: (published: number | null) => void;
}) {
  const { say } = useLanguage();
  const [draft, setDraft] = useState<Json>(start);
  const [section, setSection] = useState(sections[0] ?? '');
  const problems = useProblems(draft);
  const preview = usePreviewRules();
  const seen = preview.data ?? preview.variables?.seen;
  const group = isGroup(draft) ? draft : {};
  const wrongIn = (field: string) => [...problems.keys()].filter((path) => path.split('.')[0] === field).length;
  const change = (value: Json) => {
    setDraft({ ...group, [section]: value });
    preview.reset();
  };
  const stop = () => {
    if (draft === start || window.confirm(say(ruleTexts.stopAsk))) done(null);
  };
  return (
    <div className="stack">
      <div className="row">
        <button
          type="button"
          className="primary"
          disabled={problems.size > 0 || preview.isPending}
          onClick={() => preview.mutate({ profile: draft })}
        >
          {say(ruleTexts.preview)}
        </button>
        <button type="button" className="plain" onClick={stop}>
          {say(ruleTexts.stopEditing)}
        </button>
        <span role="status" className={problems.size > 0 ? 'late' : 'muted'}>
          {problems.size > 0 ? `${say(ruleTexts.problems)}: ${problems.size}` : say(ruleTexts.noProblems)}
        </span>
      </div>
      {preview.isError && <Failure problem={preview.error} retry={() => preview.mutate({ profile: draft })} />}
      {seen && (
        <Impact
          {...{ seen, draft, newest, done }}
          goOn={preview.isPending ? null : () => preview.mutate({ profile: draft, seen })}
        />
      )}
      <div className="editor">
        <nav className="sections" aria-label={say(ruleTexts.sections)}>
          {sections.map((field) => (
            <button
              type="button"
              key={field}
              aria-current={field === section || undefined}
              onClick={() => setSection(field)}
            >
              {say(fieldName(field))}
              {wrongIn(field) > 0 && <span className="late">{` (${wrongIn(field)})`}</span>}
            </button>
          ))}
        </nav>
        <div className="stack">
          {problems.size > 0 && (
            <Panel title={say(ruleTexts.problems)}>
              <ul style={{ margin: 0, paddingLeft: 16 }}>
                {[...problems].slice(0, 20).map(([path, found]) => (
                  <li key={path}>
                    <button type="button" className="quiet" onClick={() => setSection(path.split('.')[0] ?? section)}>
                      {say(pathName(path))}
                    </button>
                    {found.map((text) => (
                      <div key={text.en}>{say(text)}</div>
                    ))}
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <Panel title={say(fieldName(section))}>
            <Field
              key={section}
              schema={profileSchema.properties?.[section] ?? {}}
              path={section}
              label={say(fieldName(section))}
              value={group[section]}
              change={change}
              problems={problems}
            />
          </Panel>
        </div>
      </div>
    </div>
  );
}
