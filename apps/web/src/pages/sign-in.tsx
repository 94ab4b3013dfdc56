import type { FormEvent } from 'react';
import { ApiProblem } from '../api/client';
import { useSignIn } from '../api/queries';
import { useLanguage } from '../language';
import { useDocumentTitle } from '../parts/page-head';

export function SignInPage() {
  const { t, say, language, setLanguage } = useLanguage();
  const signIn = useSignIn();
  useDocumentTitle(t('signIn'));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    signIn.mutate({ email: String(values.get('email')), password: String(values.get('password')) });
  };
  return (
    <main className="sign-in">
      <div className="panel">
        <div className="stack" style={{ padding: 24 }}>
          <div>
            <h1>{t('product')}</h1>
            <p className="muted">{t('tagline')}</p>
          </div>
          <form className="stack" onSubmit={submit}>
            {signIn.isError && (
              <p className="late" role="alert">
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
            <button type="submit" className="primary" disabled={signIn.isPending}>
              {t('signIn')}
            </button>
          </form>
          <div>
            <button type="button" className="quiet" onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
              {t('language')}
            </button>
          </div>
        </div>
      </div>
    </main>
  );
}
