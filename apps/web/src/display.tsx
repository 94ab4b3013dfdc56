import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';

export type Theme = 'auto' | 'light' | 'dark';
export type Density = 'roomy' | 'compact';

export interface Display {
  readonly theme: Theme;
  readonly density: Density;
  /** What `theme` comes to on this device now. */
  readonly isDark: boolean;
  readonly choose: (next: { theme?: Theme; density?: Density }) => void;
}

const DisplayContext = createContext<Display | null>(null);
const storageKey = 'thong-hanh.display';
const night = window.matchMedia('(prefers-color-scheme: dark)');

function kept(): { theme: Theme; density: Density } {
  const [theme, density] = (localStorage.getItem(storageKey) ?? '').split(' ');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    density: density === 'compact' ? 'compact' : 'roomy',
  };
}

const followNight = (changed: () => void) => {
  night.addEventListener('change', changed);
  return () => night.removeEventListener('change', changed);
};

/** Light or dark as the device is, unless the person chose; two densities. The choice stays on this device. */
export function DisplayProvider({ children }: { readonly children: ReactNode }) {
  const [chosen, setChosen] = useState(kept);
  const isNight = useSyncExternalStore(followNight, () => night.matches);
  const isDark = chosen.theme === 'auto' ? isNight : chosen.theme === 'dark';
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    document.documentElement.dataset.density = chosen.density;
  }, [isDark, chosen.density]);
  const value = useMemo<Display>(
    () => ({
      ...chosen,
      isDark,
      choose: (next) => {
        const all = { ...chosen, ...next };
        localStorage.setItem(storageKey, `${all.theme} ${all.density}`);
        setChosen(all);
      },
    }),
    [chosen, isDark],
  );
  return <DisplayContext.Provider value={value}>{children}</DisplayContext.Provider>;
}

export function useDisplay(): Display {
  const value = useContext(DisplayContext);
  if (value === null) throw new Error('useDisplay outside DisplayProvider: wrap the page in it.');
  return value;
}
