import { createContext, type ReactNode, useContext, useDeferredValue, useEffect, useState } from 'react';
import type { CaseView, FindingView } from '#contracts/case.js';
import { useJudgingBasis } from '../api/judging';
import { usePeople } from '../api/queries';
import { Finding } from '../case/finding';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { contentOf, type ProposalValues } from './values';

type Judge = typeof import('./judge').judgeForm;

const Findings = createContext<readonly FindingView[]>([]);

/** The form first, then the rules: they come while somebody reads what is there. */
function useJudge(): Judge | null {
  const [judge, setJudge] = useState<{ readonly by: Judge } | null>(null);
  useEffect(() => {
    let isHere = true;
    // Without them the findings of the last save are shown.
    import('./judge').then(
      (module) => isHere && setJudge({ by: module.judgeForm }),
      (cause: unknown) => console.warn('The rules could not be loaded:', cause),
    );
    return () => {
      isHere = false;
    };
  }, []);
  return judge?.by ?? null;
}

/** Judges what stands in the form with every change; until rules and profile are here, the findings of the last save are shown. */
export function LiveFindings({
  view,
  values,
  children,
}: {
  readonly view: CaseView;
  readonly values: ProposalValues | undefined;
  readonly children: ReactNode;
}) {
  const judge = useJudge();
  const basis = useJudgingBasis(view.id).data;
  const people = usePeople(true).data?.items;
  const late = useDeferredValue(values);
  const isReady = judge && basis && late && Array.isArray(late.members);
  const found = isReady ? judge({ view, content: contentOf(late), basis, people: people ?? [] }) : view.findings;
  return <Findings.Provider value={found}>{children}</Findings.Provider>;
}

/** Which rules speak of which part of the form; each is shown in one place. */
const places = {
  dates: ['dates', 'dayCount', 'leadTime', 'planPeriod', 'moratorium'],
  purpose: ['studyOnBudget', 'duplicate'],
  members: [
    'delegationLeader',
    'memberCount',
    'twoLeaders',
    'leadersAbroadTogether',
    'tripsPerYear',
    'overlap',
    'eligibility',
    'unfinishedDuties',
  ],
  countries: ['destination', 'countryCount'],
  funding: ['funding'],
  reasons: ['outOfPlan', 'classifiedContent', 'classifiedReference', 'noSecretsDeclared'],
} as const satisfies Record<string, readonly string[]>;

/** What the rules say of this part, under it, with the source. */
export function FindingsFor({ place }: { readonly place: keyof typeof places }) {
  const rules: readonly string[] = places[place];
  const found = useContext(Findings).filter((one) => one.outcome !== 'pass' && rules.includes(one.rule));
  return (
    <div className="found" aria-live="polite">
      {found.map((one) => (
        <div key={one.rule} className={one.outcome === 'block' ? 'grave' : undefined}>
          <Finding finding={one} />
        </div>
      ))}
    </div>
  );
}

/** How many rules are met, and all of them to unfold; what is wrong stands beside its field. */
export function RulesInSum() {
  const { t } = useLanguage();
  const found = useContext(Findings);
  const count = (outcome: FindingView['outcome']) => found.filter((one) => one.outcome === outcome).length;
  if (found.length === 0) return null;
  const [blocks, notes] = [count('block'), count('warn')];
  return (
    <Panel title={t('rules')}>
      <div className="stack">
        <p role="status">
          <span className={blocks > 0 ? 'late' : undefined}>{t('rulesBlocking', { n: blocks })}</span>
          {` · ${t('rulesNoting', { n: notes })} · ${t('rulesPassed', { n: count('pass') })}`}
        </p>
        {blocks + notes > 0 && <p className="muted">{t('besideTheField')}</p>}
        <details>
          <summary>{t('allRules', { n: found.length })}</summary>
          <div className="stack" style={{ marginTop: 8 }}>
            {found.map((one) => (
              <Finding key={one.rule} finding={one} />
            ))}
          </div>
        </details>
      </div>
    </Panel>
  );
}
