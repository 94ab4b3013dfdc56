import { useId, useState } from 'react';
import { formatDay } from '../format';
import { useLanguage } from '../language';

/** '12/01/2026' or '12-1-2026' → '2026-01-12'; null when there is no such day. */
export function dayFrom(text: string): string | null {
  const [, day = '', month = '', year = ''] = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${iso}T00:00:00Z`);
  if (year === '' || Number.isNaN(at)) return null;
  // 31/02 is read as a day of March by some.
  return new Date(at).toISOString().startsWith(iso) ? iso : null;
}

/** A day as people here write it, whatever the device thinks of dates. `change` gets '' when it is emptied, and nothing while it is no day. */
export function DayField({
  label,
  value,
  change,
  required = false,
}: {
  readonly label: string;
  /** `YYYY-MM-DD` or ''. */
  readonly value: string;
  readonly change: (day: string) => void;
  readonly required?: boolean;
}) {
  const { t } = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === '' ? '' : formatDay(value));
  const isWrong = typed !== null && typed.trim() !== '' && dayFrom(typed) === null;
  return (
    <label className="labelled">
      {label}
      <input
        className="search short"
        inputMode="numeric"
        placeholder={t('dateExample')}
        value={shown}
        required={required}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? id : undefined}
        onChange={({ target }) => {
          setTyped(target.value);
          if (target.value.trim() === '') change('');
          else {
            const day = dayFrom(target.value);
            if (day !== null) change(day);
          }
        }}
        onBlur={() => !isWrong && setTyped(null)}
      />
      {isWrong && (
        <span id={id} className="late">
          {t('dayWrong')}
        </span>
      )}
    </label>
  );
}
