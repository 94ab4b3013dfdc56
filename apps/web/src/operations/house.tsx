import type { MachineVersion, Workload } from '#contracts/overview.js';
import { useHouse } from '../api/overview';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import type { TextKey } from '../texts';

/** What a machine runs, as people call it. */
const machines: Readonly<Record<string, TextKey>> = {
  'outbound-delegation': 'trips',
  'annual-plan': 'plan',
  'plan-item': 'planLine',
  'follow-up': 'followUpMachine',
};

/** A number that is not nought and should be stands out. */
const counters: readonly (readonly [Exclude<keyof Workload, 'nextTimerAt'>, TextKey, boolean])[] = [
  ['timersDue', 'timersDueNow', false],
  ['messagesWaiting', 'messagesWaiting', false],
  ['mailsWaiting', 'mailsWaiting', false],
  ['mailsSending', 'mailsSendingNow', false],
  ['mailsUncertain', 'mailsUncertainNow', true],
  ['mailsFailed', 'mailsFailedNow', true],
];

const versionColumns = ({ t }: LanguageValue): Column<MachineVersion>[] => [
  { title: t('kind'), cell: (row) => t(machines[row.definitionId] ?? 'unknownMachine', { id: row.definitionId }) },
  {
    title: t('version'),
    kind: 'exact',
    cell: (row) => (
      <>
        {row.version} {row.isNewest && <span className="mark on">{t('newest')}</span>}
      </>
    ),
  },
  { title: t('casesActive'), kind: 'number', cell: (row) => row.active },
  { title: t('casesDone'), kind: 'number', cell: (row) => row.done },
  { title: t('since'), kind: 'exact', cell: (row) => formatInstant(row.firstAt) },
  { title: t('until'), kind: 'exact', cell: (row) => formatInstant(row.lastAt) },
];

/** What the workers have before them, and which versions of the machine cases run on. */
export function House() {
  const language = useLanguage();
  const { t } = language;
  const house = useHouse();
  if (house.isLoadingError) return <Failure problem={house.error} retry={() => house.refetch()} />;
  if (house.data === undefined) return <Bones />;
  const { work, versions } = house.data;
  return (
    <div className="stack">
      <Panel title={t('workWaiting')}>
        <dl className="three">
          {counters.map(([key, text, isTrouble]) => (
            <div key={key}>
              <dt>{t(text)}</dt>
              <dd className={isTrouble && work[key] > 0 ? 'late' : undefined}>{work[key]}</dd>
            </div>
          ))}
          <div>
            <dt>{t('nextTimerAt')}</dt>
            <dd>{formatInstant(work.nextTimerAt)}</dd>
          </div>
        </dl>
      </Panel>
      <h2>{t('machineVersions')}</h2>
      <DataTable
        label={t('machineVersions')}
        columns={versionColumns(language)}
        rows={versions}
        rowKey={(row) => `${row.definitionId} ${row.version}`}
        empty={t('tripsEmpty')}
      />
    </div>
  );
}
