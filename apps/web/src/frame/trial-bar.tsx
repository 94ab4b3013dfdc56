import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ClockHands } from '#contracts/test-clock.js';
import { ApiProblem } from '../api/client';
import { letTimePass, useTrialClock } from '../api/trial-clock';
import { formatInstant } from '../format';
import { useLanguage } from '../language';
import { trialTexts as words } from './trial-texts';

const dayMs = 86_400_000;
const leaps = { week: 7, month: 30, quarter: 91 } as const;

/** What day it is in a trial, and the way to a later one: so that a journey of months is seen in minutes. */
export function TrialBar() {
  const { say, language } = useLanguage();
  const { data: hands } = useTrialClock();
  const journey = useJourney();
  if (hands === undefined) return <aside className="trial no-print" aria-label={say(words.trial)} />;
  return (
    <aside className="trial no-print" aria-label={say(words.trial)}>
      <strong>{say(words.trial)}</strong>
      <span>
        {weekday(hands.now, language)}, {formatInstant(hands.now)}
        {!hands.isWorkingTime && ` · ${say(words.mailsWait)}`}
      </span>
      {journey.target === null ? (
        <details className="menu">
          <summary>{say(words.pass)}</summary>
          <div className="panel">
            <div className="stack">
              <p>{say(words.explain)}</p>
              <Leaps hands={hands} go={journey.go} />
            </div>
          </div>
        </details>
      ) : (
        <>
          <span role="status">
            {say(words.passing)} {formatInstant(journey.target.toISOString())}…
          </span>
          <button type="button" onClick={journey.stop}>
            {say(words.stop)}
          </button>
        </>
      )}
      {journey.problem !== null && <span role="alert">{say(journey.problem.text)}</span>}
    </aside>
  );
}

function Leaps({ hands, go }: { readonly hands: ClockHands; readonly go: (target: Date) => void }) {
  const { say } = useLanguage();
  const now = new Date(hands.now).getTime();
  return (
    <>
      <button type="button" className="quiet" onClick={() => go(new Date(hands.nextMorning))}>
        {say(words.nextMorning)} ({formatInstant(hands.nextMorning)})
      </button>
      {Object.entries(leaps).map(([name, days]) => (
        <button key={name} type="button" className="quiet" onClick={() => go(new Date(now + days * dayMs))}>
          {say(words[name as keyof typeof leaps])}
        </button>
      ))}
    </>
  );
}

/** One at a time. `target` null: time runs as it does. */
function useJourney() {
  const cache = useQueryClient();
  const [target, setTarget] = useState<Date | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const under = useRef<AbortController>(null);
  // Nobody looks any more: time runs as it does.
  useEffect(() => () => under.current?.abort(), []);
  const go = async (to: Date) => {
    const stopping = new AbortController();
    under.current = stopping;
    setTarget(to);
    setProblem(null);
    try {
      await letTimePass(cache, { target: to, signal: stopping.signal });
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
    } finally {
      setTarget(null);
    }
  };
  return { target, problem, go, stop: () => under.current?.abort() };
}

function weekday(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date(at));
}
