import { useEffect, useRef } from 'react';
import { type Density, type Theme, useDisplay } from '../display';
import { useLanguage } from '../language';
import type { TextKey } from '../texts';

function Choice<Value extends string>({
  label,
  values,
  value,
  choose,
}: {
  readonly label: string;
  readonly values: Readonly<Record<Value, TextKey>>;
  readonly value: Value;
  readonly choose: (value: Value) => void;
}) {
  const { t } = useLanguage();
  return (
    <label>
      {label}
      <select className="search" value={value} onChange={(event) => choose(event.target.value as Value)}>
        {(Object.keys(values) as Value[]).map((one) => (
          <option key={one} value={one}>
            {t(values[one])}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Theme and density, from every page; a click elsewhere or Escape closes it. */
export function DisplayMenu() {
  const { t } = useLanguage();
  const { theme, density, choose } = useDisplay();
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const leave = (event: Event) => {
      const isElsewhere = event.target instanceof Node && !menu.current?.contains(event.target);
      if (menu.current && (isElsewhere || (event as KeyboardEvent).key === 'Escape')) menu.current.open = false;
    };
    document.addEventListener('click', leave);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('click', leave);
      document.removeEventListener('keydown', leave);
    };
  }, []);
  return (
    <details ref={menu} className="menu">
      <summary>{t('display')}</summary>
      <div className="panel">
        <div className="stack">
          <Choice<Theme>
            label={t('theme')}
            values={{ auto: 'themeAuto', light: 'themeLight', dark: 'themeDark' }}
            value={theme}
            choose={(next) => choose({ theme: next })}
          />
          <Choice<Density>
            label={t('density')}
            values={{ roomy: 'densityRoomy', compact: 'densityCompact' }}
            value={density}
            choose={(next) => choose({ density: next })}
          />
        </div>
      </div>
    </details>
  );
}
