import type { Me } from '#contracts/session.js';
import { useLanguage } from '../language';
import { PageHead } from '../parts/page-head';
import { CalendarFeed } from '../profile/calendar-feed';
import { Identity } from '../profile/identity';
import { MailChoice } from '../profile/mail-choice';
import { OwnDataDownload } from '../profile/own-data';
import { Password } from '../profile/password';
import { SecondFactor } from '../profile/second-factor';
import { Sessions } from '../profile/sessions';
import { Substitutions } from '../profile/substitutions';

/** What is mine alone: who I am here, how I am written to, who does my work while I am away, where I am signed in. */
export function ProfilePage({ me }: { readonly me: Me }) {
  const { t } = useLanguage();
  return (
    <>
      <PageHead title={t('profile')} />
      <div className="columns">
        <div className="stack">
          <Substitutions me={me} />
          <Sessions />
          <Password email={me.email} />
          <SecondFactor />
        </div>
        <div className="stack">
          <Identity me={me} />
          <MailChoice />
          <CalendarFeed />
          <OwnDataDownload />
        </div>
      </div>
    </>
  );
}
