import { roleTexts } from '#contracts/roles.js';
import type { Me } from '#contracts/session.js';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { profileTexts } from './profile-texts';

/** Who I am to the system, in my own right and today for somebody else. */
export function Identity({ me }: { readonly me: Me }) {
  const { t, say } = useLanguage();
  return (
    <Panel title={me.fullName}>
      <dl className="facts narrow">
        <dt>{t('email')}</dt>
        <dd style={{ overflowWrap: 'anywhere' }}>{me.email}</dd>
        <dt>{say(profileTexts.province)}</dt>
        <dd>{me.province.name}</dd>
        <dt>{say(profileTexts.positions)}</dt>
        <dd>
          {me.positions.map((one) => (
            <div key={`${one.title} ${one.organisationId}`}>
              {one.title}, {one.organisationName}
            </div>
          ))}
        </dd>
        <dt>{say(profileTexts.roles)}</dt>
        <dd>
          {me.roles.map((one) => (
            <div key={`${one.role} ${one.organisationId}`}>
              {say(roleTexts[one.role])}, {one.organisationName}
            </div>
          ))}
        </dd>
        {me.substituting.length > 0 && (
          <>
            <dt>{say(profileTexts.substituting)}</dt>
            <dd>
              {me.substituting.map((one) => (
                <div key={`${one.role} ${one.organisationId} ${one.person.id}`}>
                  {say(roleTexts[one.role])}, {one.organisationName} ({say(profileTexts.insteadOf)}{' '}
                  {one.person.fullName} {say(profileTexts.until)} {formatDay(one.lastDay)})
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  );
}
