import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLanguage } from '../language';
import type { TextKey } from '../texts';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open], [role=dialog]') !==
    null;

/** A key somebody pressed to command the page: not while typing or in a dialog, nor with Ctrl, Alt or Meta. */
export function usePageKeys(press: (key: string, event: KeyboardEvent) => void): void {
  // Before the next key can arrive: Enter right after j opens the row that j chose.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      press(event.key, event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

/** j/k move, Enter opens, x chooses, a takes the case on, r returns it, `/` searches, `?` shows the keys. */
export function useInboxKeys(list: {
  readonly count: number;
  readonly open: (index: number) => void;
  readonly act: (index: number, direction: 'forward' | 'back') => void;
  readonly choose: (index: number) => void;
  readonly search: () => void;
}) {
  const [chosen, choose] = useState(-1);
  const [helpOpen, setHelpOpen] = useState(false);
  const at = Math.min(chosen, list.count - 1);
  const goTo = (index: number) => {
    // The row takes the focus from a button pressed before; else Enter would press that again.
    const active = document.activeElement;
    if (active instanceof HTMLElement && active.closest('.work') === null) active.blur();
    choose(index);
  };
  usePageKeys((key, event) => {
    if (key === 'j') goTo(Math.min(at + 1, list.count - 1));
    else if (key === 'k') goTo(Math.max(at - 1, 0));
    else if (key === 'Enter' && at >= 0 && !(event.target as Element).closest('a, button')) list.open(at);
    else if (key === 'a' && at >= 0) list.act(at, 'forward');
    else if (key === 'r' && at >= 0) list.act(at, 'back');
    else if (key === 'x' && at >= 0) list.choose(at);
    else if (key === '?') setHelpOpen(true);
    else if (key === '/') {
      event.preventDefault();
      list.search();
    }
  });
  return { at, helpOpen, showHelp: () => setHelpOpen(true), hideHelp: () => setHelpOpen(false) };
}

const keys: readonly (readonly [string, TextKey])[] = [
  ['j', 'keyDown'],
  ['k', 'keyUp'],
  ['Enter', 'keyOpen'],
  ['a', 'keyForward'],
  ['r', 'keyBack'],
  ['x', 'keySelect'],
  ['u', 'keyInbox'],
  ['/', 'keySearch'],
  ['?', 'keyHelp'],
  ['Esc', 'keyClose'],
];

export function InboxKeys({ close }: { readonly close: () => void }) {
  const { t } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-label={t('keys')} className="panel dialog">
      <h2>{t('keys')}</h2>
      <dl className="facts keys">
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="plain" onClick={() => dialog.current?.close()}>
        {t('close')}
      </button>
    </dialog>
  );
}
