import { type FormEvent, useState } from 'react';
import { passwordMaxLength, passwordMinLength } from '#contracts/session.js';
import { ApiProblem } from '../api/client';
import { useRedeemLink } from '../api/profile';
import { useLanguage } from '../language';
import { useDocumentTitle } from '../parts/page-head';
import { profileTexts } from '../profile/profile-texts';

/** Kept beside the page: React may draw a page a first time and throw that away, when the address is bare already. */
let taken = '';

/** The token stands behind the # of the address, so it reached no server; it is taken out of the address bar at once. */
function takeToken(): string {
  const token = window.location.hash.slice(1);
  if (token === '') return taken;
  taken = token;
  window.history.replaceState(null, '', window.location.pathname);
  return taken;
}

/** Where an invitation or a reset leads: looking at it changes nothing, the button does. */
export function AccountPage() {
  const { t, say } = useLanguage();
  const [token] = useState(takeToken);
  const [differ, setDiffer] = useState(false);
  const redeem = useRedeemLink();
  useDocumentTitle(say(profileTexts.setPassword));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const newPassword = String(values.get('newPassword'));
    const isSame = newPassword === String(values.get('again'));
    setDiffer(!isSame);
    if (isSame) redeem.mutate({ token, newPassword });
  };
  const field = (name: 'newPassword' | 'again', label: string) => (
    <label>
      {label}
      <input
        className="search"
        name={name}
        type="password"
        required
        minLength={passwordMinLength}
        maxLength={passwordMaxLength}
        autoComplete="new-password"
      />
    </label>
  );
  return (
    <main className="sign-in">
      <div className="panel">
        <div className="stack" style={{ padding: 24 }}>
          <h1>{say(profileTexts.setPassword)}</h1>
          {redeem.isSuccess ? (
            <>
              <p role="status">{say(profileTexts.passwordSet)}</p>
              <a href="/">{say(profileTexts.toSignIn)}</a>
            </>
          ) : (
            <form className="stack" onSubmit={submit}>
              {(differ || redeem.isError) && (
                <p className="late" role="alert">
                  {differ
                    ? say(profileTexts.notTheSame)
                    : redeem.error instanceof ApiProblem
                      ? say(redeem.error.text)
                      : t('failed')}
                </p>
              )}
              {field('newPassword', say(profileTexts.newPassword))}
              {field('again', say(profileTexts.newPasswordAgain))}
              <p className="muted">{say(profileTexts.passwordRule)}</p>
              <button type="submit" className="primary" disabled={redeem.isPending}>
                {say(profileTexts.setPassword)}
              </button>
            </form>
          )}
        </div>
      </div>
    </main>
  );
}
