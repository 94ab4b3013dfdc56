import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Text } from '#contracts/text.js';
import { type TextKey, texts } from './texts';

export type Language = 'vi' | 'en';

export interface LanguageValue {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  /** A text of the interface by its key. */
  readonly t: (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;
  /** A sentence the server sent in both languages. */
  readonly say: (text: Text | null | undefined) => string;
}

const LanguageContext = createContext<LanguageValue | null>(null);
const storageKey = 'thong-hanh.language';

/** Vietnamese unless the person chose English; the choice stays on this device. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useState<Language>(() => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi'));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo<LanguageValue>(
    () => ({
      language,
      setLanguage: (next) => {
        localStorage.setItem(storageKey, next);
        choose(next);
      },
      t: (key, values = {}) =>
        Object.entries(values).reduce<string>(
          (text, [name, put]) => text.replaceAll(`{${name}}`, String(put)),
          texts[key][language],
        ),
      say: (text) => (text ? text[language] : ''),
    }),
    [language],
  );
  return <LanguageContext.Provider value={value}>{children}</LanguageContext.Provider>;
}

export function useLanguage(): LanguageValue {
  const value = useContext(LanguageContext);
  if (value === null) throw new Error('useLanguage outside LanguageProvider: wrap the page in it.');
  return value;
}
