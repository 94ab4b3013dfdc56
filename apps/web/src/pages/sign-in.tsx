import { useState } from 'react';
import { useSignInWays } from '../api/profile';
import { useLanguage } from '../language';
import { useDocumentTitle } from '../parts/page-head';
import { ForgotPassword } from '../profile/forgot-password';
import { ProviderButton } from '../profile/provider-button';
import { SignInForm } from '../profile/sign-in-form';
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
          {hasLocal && (hasForgotten ? <ForgotPassword back={() => setForgotten(false)} /> : <SignInForm />)}
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
