import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLanguage } from '../language';
import type { TextKey } from '../texts';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], dialog[open]') !== null;

/** j/k move, Enter opens, `/` searches, `?` shows the keys. Not while somebody is typing, nor with Ctrl, Alt or Meta. */
export function useInboxKeys(list: {
  readonly count: number;
  readonly open: (index: number) => void;
  readonly search: () => void;
}) {
  const [chosen, choose] = useState(-1);
  const [helpOpen, setHelpOpen] = useState(false);
  const at = Math.min(chosen, list.count - 1);
  // Before the next key can arrive: Enter right after j opens the row that j chose.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      if (event.key === 'j') choose(Math.min(at + 1, list.count - 1));
      else if (event.key === 'k') choose(Math.max(at - 1, 0));
      else if (event.key === 'Enter' && at >= 0 && !(event.target as Element).closest('a, button')) list.open(at);
      else if (event.key === '?') setHelpOpen(true);
      else if (event.key === '/') {
        event.preventDefault();
        list.search();
      }
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
  return { at, helpOpen, showHelp: () => setHelpOpen(true), hideHelp: () => setHelpOpen(false) };
}

const keys: readonly (readonly [string, TextKey])[] = [
  ['j', 'keyDown'],
  ['k', 'keyUp'],
  ['Enter', 'keyOpen'],
  ['/', 'keySearch'],
  ['?', 'keyHelp'],
  ['Esc', 'keyClose'],
];

export function InboxKeys({ close }: { readonly close: () => void }) {
  const { t } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-label={t('keys')} className="panel" style={{ color: 'inherit' }}>
      <h2>{t('keys')}</h2>
      <dl className="facts" style={{ gridTemplateColumns: '64px 1fr', margin: '12px 0' }}>
        {keys.map(([key, text]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
        {t('close')}
      </button>
    </dialog>
  );
}
