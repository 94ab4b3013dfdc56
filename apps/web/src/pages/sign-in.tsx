import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/client';
import { useSignInWays } from '../api/profile';
import { useSignIn } from '../api/queries';
import { useLanguage } from '../language';
import { useDocumentTitle } from '../parts/page-head';
import { ForgotPassword } from '../profile/forgot-password';
import { ProviderButton } from '../profile/provider-button';
import { signInTexts } from '../profile/sign-in-texts';

export function SignInPage() {
  const { t, say, language, setLanguage } = useLanguage();
  const [hasForgotten, setForgotten] = useState(false);
  useDocumentTitle(t('signIn'));
  const ways = useSignInWays().data;
  const hasLocal = ways?.local ?? true;
  return (
    <main className="sign-in">
      <div className="panel">
        <div className="stack" style={{ padding: 24 }}>
          <div>
            <h1>{t('product')}</h1>
            <p className="muted">{t('tagline')}</p>
          </div>
          {ways?.provider && <ProviderButton name={ways.provider.name} />}
          {ways?.provider && hasLocal && <p className="muted">{say(signInTexts.or)}</p>}
          {hasLocal && (hasForgotten ? <ForgotPassword back={() => setForgotten(false)} /> : <PasswordForm />)}
          <div className="row">
            {hasLocal && !hasForgotten && (
              <button type="button" className="quiet" onClick={() => setForgotten(true)}>
                {say(signInTexts.forgot)}
              </button>
            )}
            <button type="button" className="quiet" onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
              {t('language')}
            </button>
          </div>
        </div>
      </div>
    </main>
  );
}

function PasswordForm() {
  const { t, say } = useLanguage();
  const signIn = useSignIn();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const code = values.get('code');
    signIn.mutate({
      email: String(values.get('email')),
      password: String(values.get('password')),
      ...(code !== null && { code: String(code) }),
    });
  };
  const refused = signIn.error instanceof ApiProblem ? signIn.error.code : null;
  const [asksForCode, askForCode] = useState(false);
  if (refused === 'SECOND_FACTOR_REQUIRED' && !asksForCode) askForCode(true);
  return (
    <form className="stack" onSubmit={submit}>
      {signIn.isError && (
        <p className={refused === 'SECOND_FACTOR_REQUIRED' ? undefined : 'late'} role="alert">
          {signIn.error instanceof ApiProblem ? say(signIn.error.text) : t('failed')}
        </p>
      )}
      <label>
        {t('email')}
        <input className="search" name="email" type="email" required autoComplete="username" />
      </label>
      <label>
        {t('password')}
        <input className="search" name="password" type="password" required autoComplete="current-password" />
      </label>
      {asksForCode && (
        <label>
          {t('oneTimeCode')}
          <input
            ref={(field) => field?.focus()}
            className="search"
            name="code"
            inputMode="text"
            required
            maxLength={40}
            autoComplete="one-time-code"
          />
        </label>
      )}
      <button type="submit" className="primary" disabled={signIn.isPending}>
        {t('signIn')}
      </button>
    </form>
  );
}
