import { useState } from 'react';
import { type ErrorCode, errorCodes } from '#contracts/errors.js';
import { ApiProblem } from '../api/client';
import { useProviderSignIn } from '../api/profile';
import { useLanguage } from '../language';
import { signInTexts } from './sign-in-texts';

/** What the provider sent the browser back with; it is taken out of the address, which keeps where the person was going. */
function takeProblem(): ErrorCode | null {
  const { pathname, searchParams } = new URL(window.location.href);
  const code = searchParams.get('problem');
  if (code === null) return null;
  searchParams.delete('problem');
  const rest = searchParams.toString();
  window.history.replaceState(null, '', `${pathname}${rest === '' ? '' : `?${rest}`}`);
  return code in errorCodes ? (code as ErrorCode) : null;
}

/** To the sign-in page of the province and back to the page the person wanted. */
export function ProviderButton({ name }: { readonly name: string }) {
  const { t, say } = useLanguage();
  const [problem] = useState(takeProblem);
  const signIn = useProviderSignIn();
  const label = say(signInTexts.signInWith).replace('{name}', name);
  const failure = signIn.isError
    ? signIn.error instanceof ApiProblem
      ? say(signIn.error.text)
      : t('failed')
    : problem && say(errorCodes[problem].text);
  return (
    <div className="stack">
      {failure && (
        <p className="late" role="alert">
          {failure}
        </p>
      )}
      <button
        type="button"
        className="primary"
        disabled={signIn.isPending}
        onClick={() => signIn.mutate(`${window.location.pathname}${window.location.search}`)}
      >
        {label}
      </button>
    </div>
  );
}
