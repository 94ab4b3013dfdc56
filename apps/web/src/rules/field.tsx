import { useId } from 'react';
import type { Text } from '#contracts/text.js';
import { fieldName } from '#libs/policy';
import { useLanguage } from '../language';
import { DayField } from '../parts/day-field';
import { ruleTexts } from './rule-texts';
import { blank, isGroup, type Json, resolved, type Schema, withoutNull } from './schema';
import { valueText } from './value-texts';
import { put } from './words';

export interface FieldProps {
  readonly schema: Schema;
  /** 'limits.membersMax.0.value'. */
  readonly path: string;
  readonly label: string;
  readonly value: Json | undefined;
  readonly change: (value: Json) => void;
  /** By path, what is wrong there. */
  readonly problems: ReadonlyMap<string, readonly Text[]>;
}

const dayPattern = /date/;
const isDay = (schema: Schema, path: string) =>
  dayPattern.test(schema.format ?? '') || /\.(from|to|date)$|^valid(From|To)$/.test(path);

function Problems({ of, id }: { readonly of: readonly Text[] | undefined; readonly id: string }) {
  const { say } = useLanguage();
  if (!of) return null;
  return (
    <div id={id} className="late">
      {of.map((text) => (
        <div key={text.en}>{say(text)}</div>
      ))}
    </div>
  );
}

/** One value: a number, words, a choice, a day, yes or no. */
function Leaf({ schema, path, label, value, change, problems }: FieldProps) {
  const id = useId();
  const wrong = problems.get(path);
  if (schema.type === 'boolean')
    return (
      <label className="row" style={{ gap: 8 }}>
        <input type="checkbox" checked={value === true} onChange={({ target }) => change(target.checked)} />
        {label}
      </label>
    );
  if (isDay(schema, path)) return <DayField label={label} value={String(value ?? '')} change={change} />;
  return (
    <div className="labelled">
      <label htmlFor={`${id}-field`}>{label}</label>
      <Control {...{ schema, value, change }} id={`${id}-field`} wrong={wrong ? id : undefined} />
      <Problems of={wrong} id={id} />
    </div>
  );
}

interface ControlProps extends Pick<FieldProps, 'schema' | 'value' | 'change'> {
  readonly id: string;
  /** Where it is written what is wrong. */
  readonly wrong: string | undefined;
}

function Control({ schema, value, change, id, wrong }: ControlProps) {
  const { say } = useLanguage();
  const described = { id, 'aria-invalid': wrong !== undefined || undefined, 'aria-describedby': wrong } as const;
  if (schema.enum)
    return (
      <select
        className="search"
        value={String(value ?? '')}
        onChange={({ target }) => change(target.value)}
        {...described}
      >
        {schema.enum.map((one) => (
          <option key={one} value={one}>
            {say(valueText(one))}
          </option>
        ))}
      </select>
    );
  if (schema.type === 'integer' || schema.type === 'number')
    return (
      <input
        type="number"
        className="search short"
        value={typeof value === 'number' ? value : ''}
        min={schema.minimum}
        max={schema.maximum}
        step={schema.type === 'integer' ? 1 : 'any'}
        // An empty field is no number; what is wrong with it is said by the same code that reads a file.
        onChange={({ target }) => change(target.value === '' ? null : Number(target.value))}
        {...described}
      />
    );
  return (
    <textarea
      className="search area"
      rows={String(value ?? '').length > 70 ? 2 : 1}
      value={String(value ?? '')}
      maxLength={schema.maxLength}
      onChange={({ target }) => change(target.value.replaceAll('\n', ' '))}
      {...described}
    />
  );
}

/** Several of a closed list. */
function Choices({ schema, label, value, change }: FieldProps & { readonly schema: Schema }) {
  const { say } = useLanguage();
  const chosen = Array.isArray(value) ? (value as readonly Json[]) : [];
  const options = resolved(schema.items ?? {}).enum ?? [];
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      {options.map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={({ target }) =>
              change(options.filter((option) => (option === one ? target.checked : chosen.includes(option))))
            }
          />
          {say(valueText(one))}
        </label>
      ))}
    </fieldset>
  );
}

const nameOfRow = (row: Json, say: (text: Text) => string): string => {
  if (!isGroup(row)) return String(row ?? '');
  const { name, subject, id, kind, key, caseCode } = row;
  const text = isGroup(name) ? name : isGroup(subject) ? subject : null;
  if (text) return say({ vi: String(text.vi ?? ''), en: String(text.en ?? '') });
  const word = [id, kind, key, caseCode].find((one) => typeof one === 'string');
  return word === undefined ? '' : say(valueText(String(word)));
};

const moved = (rows: readonly Json[], from: number, to: number) => {
  const next = rows.filter((_, index) => index !== from);
  next.splice(to, 0, rows[from] ?? null);
  return next;
};

interface RowProps extends FieldProps {
  /** Null where there is no row to change places with. */
  readonly up: (() => void) | null;
  readonly down: (() => void) | null;
  readonly remove: () => void;
}

function Row({ up, down, remove, ...field }: RowProps) {
  const { say } = useLanguage();
  const { path, label, value, problems } = field;
  const isWrong = [...problems.keys()].some((at) => at === path || at.startsWith(`${path}.`));
  const tools = (
    <span className="row">
      {(
        [
          ['up', up],
          ['down', down],
          ['remove', remove],
        ] as const
      ).map(([name, act]) => (
        <button type="button" key={name} className="quiet" disabled={act === null} onClick={() => act?.()}>
          {say(ruleTexts[name])}
          <span className="unseen">{` ${label}`}</span>
        </button>
      ))}
    </span>
  );
  if (!isGroup(value ?? null))
    return (
      <div className="row" style={{ alignItems: 'end' }}>
        <Field {...field} />
        {tools}
      </div>
    );
  return (
    <details>
      <summary className={isWrong ? 'late' : undefined}>{label}</summary>
      <Field {...field} />
      {tools}
    </details>
  );
}

/** Rows in their order: the first that applies is taken, so that order matters. */
function Rows({ schema, path, label, value, change, problems }: FieldProps) {
  const { say } = useLanguage();
  const rows = Array.isArray(value) ? (value as readonly Json[]) : [];
  const nameOf = (row: Json, index: number) =>
    [put(say(ruleTexts.row), { n: index + 1 }), isGroup(row) && nameOfRow(row, say)].filter(Boolean).join(': ');
  return (
    <fieldset className="tree">
      <legend>{`${label} (${rows.length})`}</legend>
      <Problems of={problems.get(path)} id={`${path}-problems`} />
      {rows.map((row, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of a profile has no name of its own but its place.
          key={index}
          schema={schema.items ?? {}}
          path={`${path}.${index}`}
          label={nameOf(row, index)}
          value={row}
          change={(next) => change(rows.map((before, at) => (at === index ? next : before)))}
          problems={problems}
          up={index === 0 ? null : () => change(moved(rows, index, index - 1))}
          down={index === rows.length - 1 ? null : () => change(moved(rows, index, index + 1))}
          remove={() => change(rows.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <button type="button" className="plain" onClick={() => change([...rows, blank(schema.items ?? {})])}>
          {say(ruleTexts.add)}
          <span className="unseen">{` ${label}`}</span>
        </button>
      </div>
    </fieldset>
  );
}

/** Several fields that belong together; what is not set can be set. */
function Group({ schema, path, label, value, change, problems, bare }: FieldProps & { readonly bare?: boolean }) {
  const { say } = useLanguage();
  const group = isGroup(value) ? value : {};
  const inside = path === '' ? '' : `${path}.`;
  const required = schema.required ?? [];
  const fields = Object.entries(schema.properties ?? {}).filter(([, one]) => resolved(one).const === undefined);
  const drop = (field: string) => change(Object.fromEntries(Object.entries(group).filter(([name]) => name !== field)));
  const isSet = (field: string) => field in group || required.includes(field);
  const shown = fields
    .filter(([field]) => isSet(field))
    .map(([field, one]) => (
      <div key={field}>
        <Field
          schema={one}
          path={`${inside}${field}`}
          label={say(fieldName(field))}
          value={group[field]}
          change={(next) => change({ ...group, [field]: next })}
          problems={problems}
        />
        {!required.includes(field) && (
          <button type="button" className="quiet" onClick={() => drop(field)}>
            {say(ruleTexts.remove)}
            <span className="unseen">{` ${say(fieldName(field))}`}</span>
          </button>
        )}
      </div>
    ));
  const settable = fields
    .filter(([field]) => !isSet(field))
    .map(([field, one]) => (
      <button
        type="button"
        key={field}
        className="quiet"
        onClick={() => change({ ...group, [field]: blank(one) })}
      >{`+ ${say(fieldName(field))}`}</button>
    ));
  const wrong = <Problems of={problems.get(path)} id={`${path}-problems`} />;
  if (bare)
    return (
      <div className="tree">
        {wrong}
        {shown}
        <div className="row">{settable}</div>
      </div>
    );
  return (
    <fieldset className="tree">
      <legend>{label}</legend>
      {wrong}
      {shown}
      <div className="row">{settable}</div>
    </fieldset>
  );
}

/** A field of the profile drawn from its schema, so that nothing of a profile is beyond this page. */
export function Field(props: FieldProps) {
  const { say } = useLanguage();
  const { schema, isNullable } = withoutNull(resolved(props.schema));
  const given = { ...props, schema };
  if (isNullable) {
    const isSet = props.value !== null && props.value !== undefined;
    const kind = schema.type === 'object' || schema.type === 'array';
    const begin = () => props.change(blank({ ...schema }));
    if (!kind && schema.type === 'string' && !isDay(schema, props.path))
      return <Leaf {...given} value={props.value ?? ''} change={(next) => props.change(next === '' ? null : next)} />;
    if (isDay(schema, props.path))
      return <Leaf {...given} value={props.value ?? ''} change={(next) => props.change(next === '' ? null : next)} />;
    if (!isSet)
      return (
        <button type="button" className="quiet" onClick={begin}>
          {`${say(ruleTexts.setIt)}: ${props.label} (${say(ruleTexts.unset)})`}
        </button>
      );
    return (
      <div>
        <Field {...given} />
        <button type="button" className="quiet" onClick={() => props.change(null)}>
          {say(ruleTexts.remove)}
          <span className="unseen">{` ${props.label}`}</span>
        </button>
      </div>
    );
  }
  if (schema.oneOf) return <OneOf {...given} />;
  if (schema.type === 'object')
    return <Group {...given} bare={/\.\d+$/.test(props.path) || !props.path.includes('.')} />;
  if (schema.type === 'array') return resolved(schema.items ?? {}).enum ? <Choices {...given} /> : <Rows {...given} />;
  return <Leaf {...given} />;
}

/** One of several shapes, told apart by their `kind`. */
function OneOf(props: FieldProps) {
  const { say } = useLanguage();
  const shapes = (props.schema.oneOf ?? []).map(resolved);
  const kindOf = (shape: Schema) => String(resolved(shape.properties?.kind ?? {}).const ?? '');
  const kind = isGroup(props.value) ? String(props.value.kind) : '';
  const current = shapes.find((shape) => kindOf(shape) === kind);
  return (
    <div>
      <label className="labelled">
        {props.label}
        <select
          className="search"
          value={kind}
          onChange={({ target }) => {
            const shape = shapes.find((one) => kindOf(one) === target.value);
            if (shape) props.change(blank(shape));
          }}
        >
          {shapes.map((shape) => (
            <option key={kindOf(shape)} value={kindOf(shape)}>
              {say(valueText(kindOf(shape)))}
            </option>
          ))}
        </select>
      </label>
      {current && <Group {...props} schema={current} bare />}
    </div>
  );
}
