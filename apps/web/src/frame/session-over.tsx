import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Me } from '#contracts/session.js';
import { useSignInWays } from '../api/profile';
import { useLookForSession } from '../api/queries';
import { useLanguage } from '../language';
import { Bones } from '../parts/waiting';
import { SignInForm } from '../profile/sign-in-form';
import { signInTexts } from '../profile/sign-in-texts';

const Awaited = lazy(() => import('../pages/awaited').then((module) => ({ default: module.Awaited })));

/**
 * Stands over the page when the session has ended: the page and what was typed into it stay as they are, and go on when the same person
 * has signed in, here or on another page of the browser (which is the way to a provider), and given what a second factor wants.
 * `paid`: what to do once that is given; null when the session does not wait for it.
 */
export function SessionOver({ me, paid }: { readonly me: Me; readonly paid: (() => void) | null }) {
  const { t, say } = useLanguage();
  const lookForSession = useLookForSession();
  const lookAgain = useRef(lookForSession);
  const dialog = useRef<HTMLDialogElement>(null);
  const ways = useSignInWays().data;
  useEffect(() => {
    const frame = dialog.current;
    frame?.showModal();
    frame?.querySelector<HTMLInputElement>('input[type=password]')?.focus();
    // A dialog of the page below keeps the focus for itself: what happens here is none of its business.
    const keep = (event: Event) => event.stopPropagation();
    frame?.addEventListener('focusin', keep);
    frame?.addEventListener('keydown', keep);
    const look = () => void lookAgain.current();
    look();
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="panel dialog sign-in-again"
      aria-label={paid === null ? say(signInTexts.sessionOver) : t('signIn')}
      onCancel={(event) => event.preventDefault()}
    >
      {paid !== null ? (
        <Suspense fallback={<Bones />}>
          <Awaited me={me} done={paid} />
        </Suspense>
      ) : (
        <>
          <h2>{say(signInTexts.sessionOver)}</h2>
          <p>{say(signInTexts.sessionOverWhy)}</p>
          {(ways?.local ?? true) && <SignInForm email={me.email} />}
          <p className="muted">
            <a href="/" target="_blank" rel="noopener">
              {say(signInTexts.signInElsewhere)}
            </a>
            {'. '}
            {say(signInTexts.signInElsewhereWhy)}
          </p>
        </>
      )}
    </dialog>
  );
}
