import { type FormEvent, lazy, Suspense, useState } from 'react';
import type { Me } from '#contracts/session.js';
import { ApiProblem } from '../api/client';
import { useGiveCode } from '../api/profile';
import { useSignOut } from '../api/queries';
import { useLanguage } from '../language';
import { useDocumentTitle } from '../parts/page-head';
import { Bones } from '../parts/waiting';
import { signInTexts } from '../profile/sign-in-texts';

/** The library of forms and the QR code come only for whoever has to set something up. */
const SetUp = lazy(() =>
  Promise.all([import('../components'), import('../profile/second-factor')]).then(
    ([{ Components }, { SecondFactor }]) => ({
      default: ({ done }: { readonly done: () => void }) => (
        <Components>
          <SecondFactor done={done} />
        </Components>
      ),
    }),
  ),
);

function CodeForm({ done }: { readonly done: () => void }) {
  const { t, say } = useLanguage();
  const give = useGiveCode();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    give.mutate({ code: String(new FormData(event.currentTarget).get('code')) }, { onSuccess: done });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{say(signInTexts.codeAwaited)}</p>
      {give.isError && (
        <p className="late" role="alert">
          {give.error instanceof ApiProblem ? say(give.error.text) : t('failed')}
        </p>
      )}
      <label>
        {t('oneTimeCode')}
        <input className="search" name="code" required maxLength={40} autoComplete="one-time-code" />
      </label>
      <button type="submit" className="primary" disabled={give.isPending}>
        {t('signIn')}
      </button>
    </form>
  );
}

/** What was awaited when this opened: it stays until it is done, so that the recovery codes are seen although the session is open. */
export function Awaited({ me, done }: { readonly me: Me; readonly done: () => void }) {
  const { t, say } = useLanguage();
  const signOut = useSignOut();
  const [awaits] = useState(me.awaits);
  return (
    <div className="stack">
      {awaits === 'secondFactorCode' ? (
        <CodeForm done={done} />
      ) : (
        <>
          <p>{say(signInTexts.setUpAwaited)}</p>
          <Suspense fallback={<Bones />}>
            <SetUp done={done} />
          </Suspense>
        </>
      )}
      <div className="row">
        <button type="button" className="quiet" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('signOut')}
        </button>
      </div>
    </div>
  );
}

/** Signed in, but something has to be given before anything else opens: the code of the second factor, or the factor itself. */
export function AwaitedPage({ me, done }: { readonly me: Me; readonly done: () => void }) {
  const { t, language, setLanguage } = useLanguage();
  useDocumentTitle(t('signIn'));
  return (
    <main className="sign-in">
      <div className="panel">
        <div className="stack" style={{ padding: 24 }}>
          <div>
            <h1>{t('product')}</h1>
            <p className="muted">{me.fullName}</p>
          </div>
          <Awaited me={me} done={done} />
          <div className="row">
            <button type="button" className="quiet" onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
              {t('language')}
            </button>
          </div>
        </div>
      </div>
    </main>
  );
}
