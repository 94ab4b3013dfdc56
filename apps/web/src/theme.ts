import type { ThemeConfig } from 'antd';

/** One quiet language: one accent colour, red only for what is late or grave, a 4 px grid. The same values as in styles.css. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b4f8a',
    colorError: '#b42318',
    colorLink: '#0b4f8a',
    colorText: '#1c232b',
    colorTextPlaceholder: '#6b7580',
    colorTextDescription: '#56606d',
    colorBorder: '#9aa4b1',
    fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
    borderRadius: 4,
    fontSize: 14,
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
  components: {
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
  },
};
