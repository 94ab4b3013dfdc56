import type { FormEvent } from 'react';
import { ApiProblem } from '../api/client';
import { useRequestReset } from '../api/profile';
import { useLanguage } from '../language';
import { signInTexts } from './sign-in-texts';

/** Asks for a link by mail; what it says afterwards does not tell whether there is such an account. */
export function ForgotPassword({ back }: { readonly back: () => void }) {
  const { t, say } = useLanguage();
  const reset = useRequestReset();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset.mutate({ email: String(new FormData(event.currentTarget).get('email')) });
  };
  return (
    <div className="stack">
      {reset.isSuccess ? (
        <p role="status">{say(signInTexts.linkSent)}</p>
      ) : (
        <form className="stack" onSubmit={submit}>
          {reset.isError && (
            <p className="late" role="alert">
              {reset.error instanceof ApiProblem ? say(reset.error.text) : t('failed')}
            </p>
          )}
          <p className="muted">{say(signInTexts.forgotIntro)}</p>
          <label>
            {t('email')}
            <input className="search" name="email" type="email" required maxLength={254} autoComplete="username" />
          </label>
          <button type="submit" className="primary" disabled={reset.isPending}>
            {say(signInTexts.sendLink)}
          </button>
        </form>
      )}
      <div>
        <button type="button" className="quiet" onClick={back}>
          {say(signInTexts.backToSignIn)}
        </button>
      </div>
    </div>
  );
}
