import { type ReactNode, useRef, useSyncExternalStore } from 'react';
import { useLanguage } from '../language';
import { savePicture, saveTable } from '../parts/save-file';

export interface ChartRow {
  readonly key: string;
  readonly name: string;
  /** Parts of the bar in order, each in its own ink. */
  readonly parts: readonly number[];
  /** What stands at the end of the row, in words. */
  readonly value: string;
  /** The row of the table, after the name. */
  readonly cells: readonly (string | number)[];
}

/** Inks that keep 3:1 against light and dark ground and are told apart without colours by their order and the words beside. */
export const inks = ['#3f7fb5', '#c0772a', '#c0392b', '#7d8894'] as const;

/** Drawn as wide as it is seen, about: a picture of a desk made small would have letters nobody can read. */
const shapes = {
  desk: { width: 640, rowHeight: 44, valueAt: 16, barAt: 24, isNarrow: false },
  // The value has a line of its own: beside a long name there is no room.
  telephone: { width: 340, rowHeight: 60, valueAt: 32, barAt: 40, isNarrow: true },
} as const;
type Shape = (typeof shapes)[keyof typeof shapes];
const onTelephone = '(max-width: 720px)';

function useShape(): Shape {
  const isTelephone = useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(onTelephone);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(onTelephone).matches,
  );
  return isTelephone ? shapes.telephone : shapes.desk;
}

const room = 8;

function Bars({
  rows,
  title,
  shape: { width, rowHeight, valueAt, barAt, isNarrow },
}: {
  readonly rows: readonly ChartRow[];
  readonly title: string;
  readonly shape: Shape;
}) {
  const longest = Math.max(1, ...rows.map((row) => row.parts.reduce((sum, part) => sum + part, 0)));
  return rows.map((row, index) => {
    const top = index * rowHeight;
    const ends = row.parts.map((_, at) => row.parts.slice(0, at).reduce((sum, part) => sum + part, 0));
    return (
      <g key={row.key}>
        <text x={0} y={top + 16} fill="currentColor" fontSize={13}>
          {row.name}
        </text>
        <text
          x={isNarrow ? 0 : width}
          y={top + valueAt}
          fill="currentColor"
          fontSize={13}
          textAnchor={isNarrow ? 'start' : 'end'}
        >
          {row.value}
        </text>
        {row.parts.map((part, at) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a bar are known by their place.
            key={`${title} ${at}`}
            x={((ends[at] ?? 0) / longest) * width}
            y={top + barAt}
            width={(part / longest) * width}
            height={12}
            fill={inks[at] ?? inks[0]}
          />
        ))}
      </g>
    );
  });
}

/** Bars with their words and numbers, as a picture and as a table to take away. */
export function BarChart({
  title,
  heads,
  rows,
  legend,
}: {
  readonly title: string;
  /** Titles of the columns of the table, the name first. */
  readonly heads: readonly string[];
  readonly rows: readonly ChartRow[];
  readonly legend?: ReactNode;
}) {
  const { t } = useLanguage();
  const drawing = useRef<SVGSVGElement>(null);
  const shape = useShape();
  const height = rows.length * shape.rowHeight + room;
  return (
    <section className="panel chart" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {rows.length > 0 && (
          <span className="row no-print" style={{ flex: 'none' }}>
            <button
              type="button"
              className="quiet"
              aria-label={t('savePictureOf', { chart: title })}
              onClick={() => drawing.current && void savePicture(title, drawing.current)}
            >
              {t('saveAsPicture')}
            </button>
            <button
              type="button"
              className="quiet"
              aria-label={t('saveTableOf', { chart: title })}
              onClick={() => saveTable(title, [heads, ...rows.map((row) => [row.name, ...row.cells])])}
            >
              {t('saveAsTable')}
            </button>
          </span>
        )}
      </header>
      <div>
        {rows.length === 0 ? (
          <p className="muted">{t('noTrips')}</p>
        ) : (
          <svg
            ref={drawing}
            viewBox={`0 0 ${shape.width} ${height}`}
            role="img"
            aria-label={`${title}: ${rows.map((row) => `${row.name} ${row.value}`).join('; ')}`}
          >
            <Bars rows={rows} title={title} shape={shape} />
          </svg>
        )}
        {legend}
      </div>
    </section>
  );
}
