import { type ThemeConfig, theme } from 'antd';
import type { Density } from './display';

/** One quiet language: one accent colour, red only for what is late or grave, a 4 px grid. The same values as in styles.css. */
const colours = {
  light: {
    colorPrimary: '#0b4f8a',
    colorError: '#b42318',
    colorLink: '#0b4f8a',
    colorText: '#1c232b',
    colorTextPlaceholder: '#6b7580',
    colorTextDescription: '#56606d',
    colorBorder: '#9aa4b1',
  },
  dark: {
    colorPrimary: '#2f75b5',
    colorError: '#ff8f85',
    colorLink: '#8dbdea',
    colorText: '#e4e9ef',
    colorTextPlaceholder: '#97a3b1',
    colorTextDescription: '#a9b4c1',
    colorBorder: '#66727f',
    colorBgBase: '#161c23',
    colorBgContainer: '#1d242c',
    colorBgElevated: '#242c36',
  },
};

export function themeFor({ isDark, density }: { readonly isDark: boolean; readonly density: Density }): ThemeConfig {
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...colours[isDark ? 'dark' : 'light'],
      fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
      borderRadius: 4,
      fontSize: density === 'compact' ? 13 : 14,
      controlHeight: density === 'compact' ? 28 : 32,
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    },
    components: {
      Form: { itemMarginBottom: density === 'compact' ? 8 : 16, verticalLabelPadding: '0 0 4px' },
    },
  };
}
