import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/client';
import { useSignIn } from '../api/queries';
import { useLanguage } from '../language';

/** E-mail and password, and the code of a second step where the account asks for one. `email`: whose, when that is known. */
export function SignInForm({ email }: { readonly email?: string }) {
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
        <input
          className="search"
          name="email"
          type="email"
          required
          autoComplete="username"
          defaultValue={email}
          readOnly={email !== undefined}
        />
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
