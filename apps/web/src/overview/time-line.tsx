import type { ReactNode } from 'react';
import { formatDay } from '../format';
import { monthMarks, type Period, placeIn } from './period';

export interface Bar {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** Read by a screen reader and shown on the bar when the mouse rests there. */
  readonly title: string;
  readonly look: 'asked' | 'confirmed' | 'overlap';
}

export interface Lane {
  readonly key: string;
  readonly name: ReactNode;
  readonly bars: readonly Bar[];
}

/** Days from left to right, one lane a delegation or person. Every bar says its days in words, too. */
export function TimeLine({
  label,
  period,
  lanes,
}: {
  readonly label: string;
  readonly period: Period;
  readonly lanes: readonly Lane[];
}) {
  const marks = monthMarks(period);
  return (
    <ul className="time-line" aria-label={label}>
      <li className="scale" aria-hidden="true">
        <div />
        <div className="track">
          {marks.map(({ day, left }) => (
            <span key={day} style={{ left: `${left}%` }}>
              {period.span === 'month' ? formatDay(day).slice(0, 5) : formatDay(day).slice(3, 5)}
            </span>
          ))}
        </div>
      </li>
      {lanes.map((lane) => (
        <li key={lane.key}>
          <div>{lane.name}</div>
          <div className="track">
            {marks.map(({ day, left }) => (
              <i key={day} style={{ left: `${left}%` }} />
            ))}
            {lane.bars.map((bar) => {
              const { left, width } = placeIn(period, bar.from, bar.to);
              return (
                <span
                  key={bar.key}
                  role="img"
                  aria-label={bar.title}
                  title={bar.title}
                  className={`bar-line ${bar.look}`}
                  style={{ left: `${left}%`, width: `${width}%` }}
                />
              );
            })}
          </div>
        </li>
      ))}
    </ul>
  );
}
