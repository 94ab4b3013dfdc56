import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { RuleVersionSummary } from '#contracts/regulation.js';
import type { Me } from '#contracts/session.js';
import { useOrganisationsOn } from '../api/directory';
import { useRuleVersion, useRuleVersions } from '../api/rules';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { PageHead } from '../parts/page-head';
import { Bones } from '../parts/waiting';
import { ProfileView } from '../rules/profile-view';
import { ruleTexts } from '../rules/rule-texts';
import type { Json } from '../rules/schema';
import { put } from '../rules/words';

/** With the validator of a profile, which only who drafts one needs. */
const ProfileEditor = lazy(() =>
  import('../rules/profile-editor').then((module) => ({ default: module.ProfileEditor })),
);

function VersionChoice({
  versions,
  chosen,
  choose,
}: {
  readonly versions: readonly RuleVersionSummary[];
  readonly chosen: number | undefined;
  readonly choose: (version: number) => void;
}) {
  const { say } = useLanguage();
  return (
    <label className="row" style={{ gap: 8 }}>
      {say(ruleTexts.version)}
      <select className="search medium" value={chosen} onChange={({ target }) => choose(Number(target.value))}>
        {versions.map((one) => (
          <option key={one.version} value={one.version}>
            {`${one.version} · ${formatDay(one.validFrom)}${one.inForce ? ` · ${say(ruleTexts.inForce)}` : ''}`}
          </option>
        ))}
      </select>
    </label>
  );
}

function About({ version }: { readonly version: RuleVersionSummary }) {
  const { say } = useLanguage();
  const { validFrom, validTo, sourced, assumed, note, createdBy } = version;
  return (
    <p style={{ marginBottom: 16 }}>
      <strong>{say(version.name)}</strong>{' '}
      <span className={version.inForce ? 'mark on' : 'mark'}>
        {say(version.inForce ? ruleTexts.inForce : ruleTexts.notYet)}
      </span>
      <span className="muted" style={{ display: 'block' }}>
        {[
          `${say(ruleTexts.validFrom)} ${formatDay(validFrom)}${validTo ? ` ${say(ruleTexts.until)} ${formatDay(validTo)}` : ''}`,
          put(say(ruleTexts.grounds), { sourced, assumed }),
          createdBy?.fullName ?? say(ruleTexts.shipped),
          note,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
  );
}

/** The rules of the province, for everybody to read; an administrator drafts the next version here. */
export function RulesPage({ me }: { readonly me: Me }) {
  const { say } = useLanguage();
  const versions = useRuleVersions();
  const [asked, ask] = useState<number>();
  const [drafting, setDrafting] = useState(false);
  const [published, setPublished] = useState<number | null>(null);
  const items = versions.data?.items;
  const chosen = asked ?? items?.find((one) => one.inForce)?.version ?? items?.[0]?.version;
  const shown = useRuleVersion(chosen);
  const offices = useOrganisationsOn('').data?.items;
  if (versions.isLoadingError) return <Failure problem={versions.error} retry={() => versions.refetch()} />;
  if (shown.isLoadingError) return <Failure problem={shown.error} retry={() => shown.refetch()} />;
  if (items === undefined || shown.data === undefined) return <Bones />;
  const { profile } = shown.data;
  const mayChange = me.roles.some((held) => held.role === 'administrator');
  const keeps = me.roles.some(
    (held) =>
      held.organisationCode === profile.focalOrganisationCode && ['reviewer', 'clerk', 'leader'].includes(held.role),
  );
  return (
    <>
      <PageHead title={say(ruleTexts.rules)}>
        <div className="row no-print">
          <Link to="/calendar">{say(ruleTexts.calendar)}</Link>
          {keeps && <Link to="/restrictions">{say(ruleTexts.restrictions)}</Link>}
          {!drafting && <VersionChoice versions={items} chosen={chosen} choose={ask} />}
          {mayChange && !drafting && (
            <button type="button" className="plain" onClick={() => setDrafting(true)}>
              {say(ruleTexts.edit)}
            </button>
          )}
        </div>
      </PageHead>
      {published !== null && <p role="status">{put(say(ruleTexts.published), { n: published })}</p>}
      <About version={shown.data} />
      {drafting ? (
        <Suspense fallback={<Bones />}>
          <ProfileEditor
            start={profile as unknown as Json}
            newest={items[0]?.version ?? 0}
            done={(version) => {
              setDrafting(false);
              setPublished(version);
              if (version !== null) ask(version);
            }}
          />
        </Suspense>
      ) : (
        <ProfileView profile={profile} officeOf={(code) => offices?.find((one) => one.code === code)?.name ?? code} />
      )}
    </>
  );
}
