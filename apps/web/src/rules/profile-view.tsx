import { type DeadlineName, deadlineNames, deadlineTexts } from '#contracts/deadline-names.js';
import { restrictionKinds, restrictionTexts } from '#contracts/restriction-kinds.js';
import { limitNames } from '#contracts/rule-profile-kinds.js';
import type { Text } from '#contracts/text.js';
import { fieldName, type LimitRow, type ProvinceProfile } from '#libs/policy';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Panel } from '../parts/panel';
import { ruleTexts } from './rule-texts';
import { valueText } from './value-texts';
import { conditionWords, Ground, periodWords, put, type Say } from './words';

type Grounded = { readonly source: string | null; readonly reference?: string | undefined };
const ground = <Row extends Grounded>(say: Say): Column<Row> => ({
  title: say(ruleTexts.source),
  cell: (row) => <Ground of={row} />,
});

/** A part of the profile as a table of its own panel. */
function Part<Row>({
  title,
  rows,
  columns,
}: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
}) {
  const { say } = useLanguage();
  return (
    <section aria-label={title} className="stack" style={{ gap: 8 }}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className="muted">{say(ruleTexts.nothing)}</p>
      ) : (
        <DataTable
          label={title}
          columns={columns}
          rows={rows}
          rowKey={(row) => String(rows.indexOf(row))}
          empty={say(ruleTexts.nothing)}
        />
      )}
    </section>
  );
}

interface Shown {
  readonly profile: ProvinceProfile;
  /** The name of an organisation by its code. */
  readonly officeOf: (code: string) => string;
}

function Clock({ profile, officeOf }: Shown) {
  const { say } = useLanguage();
  const { annualPlan, clock, escalation, newDecisionFromChangedFields } = profile;
  const settings: readonly (readonly [string, string, Grounded])[] = [
    ['supplement', say(valueText(clock.supplement.value)), clock.supplement],
    ['afterClosing', say(valueText(clock.afterClosing.value)), clock.afterClosing],
    ['lastRestDay', say(valueText(clock.lastRestDay.value)), clock.lastRestDay],
    ['tightWithin', String(clock.tightWithin.value), clock.tightWithin],
    [
      'provincialLeaders',
      say(ruleTexts[escalation.provincialLeaders.value ? 'yes' : 'no']),
      escalation.provincialLeaders,
    ],
    ['ministryLetter', say(valueText(annualPlan.ministryLetter.value)), annualPlan.ministryLetter],
    ['newDecisionFromChangedFields', String(newDecisionFromChangedFields.value), newDecisionFromChangedFields],
  ];
  const offices = ['focalOrganisationCode', 'authorityOrganisationCode', 'decisionOfficeCode'] as const;
  return (
    <Panel title={say(ruleTexts.general)}>
      <dl className="facts">
        {offices.map((field) => (
          <div key={field}>
            <dt>{say(fieldName(field))}</dt>
            <dd>{officeOf(profile[field])}</dd>
          </div>
        ))}
        {settings.map(([field, words, of]) => (
          <div key={field}>
            <dt>{say(fieldName(field))}</dt>
            <dd>
              {words}
              <div className="muted">
                {say(ruleTexts.source)}: <Ground of={of} />
              </div>
            </dd>
          </div>
        ))}
        <dt>{say(fieldName('silenceMeansConsent'))}</dt>
        <dd>{say(ruleTexts[profile.silenceMeansConsent ? 'yes' : 'no'])}</dd>
      </dl>
    </Panel>
  );
}

function Routes({ profile, officeOf }: Shown) {
  const { say } = useLanguage();
  return (
    <section aria-label={say(fieldName('routes'))} className="stack" style={{ gap: 8 }}>
      <h2>{say(fieldName('routes'))}</h2>
      <ol className="stack" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {profile.routes.map((route, index) => (
          <li key={route.id} className="panel">
            <header>
              <h3>{`${index + 1}. ${say(route.name)}`}</h3>
            </header>
            <div className="stack" style={{ gap: 8 }}>
              <p>{`${say(ruleTexts.appliesTo)}: ${conditionWords(route.when, say)}`}</p>
              <ol style={{ margin: 0, paddingLeft: 24 }}>
                {route.steps.map((step) => (
                  <li key={step.id}>
                    <strong>{say(step.name)}</strong>
                    {`: ${periodWords(step.rule, say)}, ${officeOf(step.organisationCode)}, ${say(valueText(step.role))}`}
                    <div>
                      {`${say(fieldName('records'))}: ${step.records.map((type) => say(valueText(type))).join(', ')} (${say(valueText(step.whenNotRecorded))})`}
                    </div>
                    <div className="muted">
                      {say(ruleTexts.source)}: <Ground of={step} />
                    </div>
                  </li>
                ))}
                <li>
                  <strong>{say(ruleTexts.decision)}</strong>
                  {`: ${officeOf(route.decision.organisationCode)}`}
                </li>
              </ol>
              <p className="muted">
                {say(ruleTexts.source)}: <Ground of={route} />
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

type Limit = LimitRow & { readonly name: Text };

const limitColumns = (say: Say): Column<Limit>[] => [
  { title: say(ruleTexts.rule), cell: (row) => say(row.name) },
  { title: say(ruleTexts.appliesTo), cell: (row) => conditionWords(row.when, say) },
  {
    title: say(ruleTexts.value),
    cell: (row) => (
      <>
        {put(say(ruleTexts.atMost), { n: row.value })} {row.per === 'country' && say(valueText('country'))}
        {row.ceiling && (
          <div className="muted">
            {put(say(ruleTexts.ceiling), { n: row.ceiling.value, severity: say(valueText(row.ceiling.severity)) })}
          </div>
        )}
      </>
    ),
  },
  { title: say(ruleTexts.severity), cell: (row) => say(valueText(row.severity)) },
  { title: say(ruleTexts.whenJustified), cell: (row) => say(valueText(row.whenJustified)) },
  ground(say),
];

interface Deadline {
  readonly name: DeadlineName;
  readonly row: ProvinceProfile['deadlines'][DeadlineName];
}

const deadlineColumns = (say: Say): Column<Deadline>[] => [
  { title: say(ruleTexts.rule), cell: ({ name }) => say(deadlineTexts[name]) },
  {
    title: say(ruleTexts.period),
    cell: ({ row }) =>
      row === null ? (
        <span className="muted">{say(ruleTexts.noDeadline)}</span>
      ) : (
        periodWords(row.rule, say, row.countedFrom)
      ),
  },
  {
    title: say(fieldName('ladder')),
    cell: ({ row }) =>
      row === null || row.ladder.length === 0 ? '–' : put(say(ruleTexts.reminders), { n: row.ladder.length }),
  },
  {
    title: say(ruleTexts.source),
    cell: ({ row }) => (row === null ? '–' : <Ground of={{ source: row.rule.source, reference: row.reference }} />),
  },
];

interface Flat extends Grounded {
  readonly name: string;
  readonly severity: string;
  readonly whenJustified: string;
}

const flatColumns = (say: Say): Column<Flat>[] => [
  { title: say(ruleTexts.rule), cell: (row) => row.name },
  { title: say(ruleTexts.severity), cell: (row) => say(valueText(row.severity)) },
  { title: say(ruleTexts.whenJustified), cell: (row) => say(valueText(row.whenJustified)) },
  ground(say),
];

function flatRules(profile: ProvinceProfile, say: Say): Flat[] {
  const { months, similarityPercent: percent } = profile.duplicates;
  const leadTimes = Object.entries(profile.leadTimes).map(([name, row]) => ({
    ...row,
    source: row.rule.source,
    name: `${say(fieldName(name))}: ${periodWords(row.rule, say)}`,
  }));
  const flat = (
    ['outOfPlan', 'planPeriod', 'enterprisePaid', 'studyOnBudget', 'unfinishedDuties', 'overlap'] as const
  ).map((name) => ({
    ...profile[name],
    name: say(fieldName(name)),
  }));
  const duplicates = {
    ...profile.duplicates,
    name: `${say(fieldName('duplicates'))}: ${put(say(ruleTexts.similar), { percent, months })}`,
  };
  const bars = restrictionKinds.map((kind) => ({ ...profile.eligibility[kind], name: say(restrictionTexts[kind]) }));
  return [...leadTimes, ...flat, duplicates, ...bars];
}

function Lists({ profile, officeOf }: Shown) {
  const { say } = useLanguage();
  return (
    <>
      <Part
        title={say(fieldName('dossierChecklist'))}
        rows={profile.dossierChecklist}
        columns={[
          { title: say(ruleTexts.document), cell: (row) => say(row.name) },
          { title: say(ruleTexts.appliesTo), cell: (row) => conditionWords(row.when, say) },
          { title: say(fieldName('severity')), cell: (row) => say(valueText(row.severity)) },
          ground(say),
        ]}
      />
      <Part
        title={say(fieldName('opinions'))}
        rows={profile.opinions}
        columns={[
          {
            title: say(ruleTexts.who),
            cell: (row) => officeOf(row.organisationCode),
          },
          { title: say(ruleTexts.subject), cell: (row) => say(row.subject) },
          { title: say(ruleTexts.appliesTo), cell: (row) => conditionWords(row.when, say) },
          { title: say(ruleTexts.required), cell: (row) => say(ruleTexts[row.required ? 'yes' : 'no']) },
          { title: say(fieldName('inWriting')), cell: (row) => say(ruleTexts[row.inWriting ? 'yes' : 'no']) },
          ground(say),
        ]}
      />
      <Part
        title={say(fieldName('moratoria'))}
        rows={profile.moratoria}
        columns={[
          { title: say(ruleTexts.rule), cell: (row) => say(row.name) },
          { title: say(ruleTexts.days), cell: (row) => `${formatDay(row.from)} – ${formatDay(row.to)}` },
          { title: say(ruleTexts.appliesTo), cell: (row) => conditionWords(row.when, say) },
          {
            title: say(fieldName('exceptions')),
            cell: (row) =>
              row.exceptions.map((one) => `${one.caseCode} (${one.number}, ${formatDay(one.date)})`).join('; ') || '–',
          },
          ground(say),
        ]}
      />
      <Part
        title={say(fieldName('planReminders'))}
        rows={profile.planReminders.yearly}
        columns={[
          { title: say(ruleTexts.rule), cell: (row) => say(row.name) },
          { title: say(ruleTexts.onDay), kind: 'exact', cell: (row) => row.on.split('-').reverse().join('/') },
          { title: say(fieldName('to')), cell: (row) => row.to.map((one) => say(valueText(one))).join(', ') },
          { title: say(fieldName('remindDays')), cell: (row) => row.remindDays.join(', ') },
          ground(say),
        ]}
      />
      <Part
        title={say(fieldName('periodicReports'))}
        rows={(['consolidation', 'revision'] as const).map((name) => ({ name, rule: profile.periodicReports[name] }))}
        columns={[
          { title: say(ruleTexts.rule), cell: ({ name }) => say(fieldName(name)) },
          { title: say(ruleTexts.period), cell: ({ rule }) => periodWords(rule, say) },
          { title: say(ruleTexts.source), cell: ({ rule }) => <Ground of={{ source: rule.source }} /> },
        ]}
      />
      <Part
        title={say(fieldName('otherPeriods'))}
        rows={profile.otherPeriods}
        columns={[
          { title: say(ruleTexts.rule), cell: (row) => say(row.name) },
          { title: say(ruleTexts.period), cell: (row) => periodWords(row.rule, say) },
          {
            title: say(ruleTexts.source),
            cell: (row) => <Ground of={{ source: row.rule.source, reference: row.reference }} />,
          },
        ]}
      />
    </>
  );
}

/** The rules as people read them: sentences and tables, each number beside its source. */
export function ProfileView({ profile, officeOf }: Shown) {
  const { say } = useLanguage();
  const limits = limitNames.flatMap((name) => profile.limits[name].map((row) => ({ ...row, name: fieldName(name) })));
  const deadlines = deadlineNames.map((name) => ({ name, row: profile.deadlines[name] }));
  return (
    <div className="stack" style={{ gap: 24 }}>
      <Clock profile={profile} officeOf={officeOf} />
      <Routes profile={profile} officeOf={officeOf} />
      <Part title={say(fieldName('limits'))} rows={limits} columns={limitColumns(say)} />
      <Part title={say(fieldName('deadlines'))} rows={deadlines} columns={deadlineColumns(say)} />
      <Part title={say(ruleTexts.others)} rows={flatRules(profile, say)} columns={flatColumns(say)} />
      <Lists profile={profile} officeOf={officeOf} />
    </div>
  );
}
