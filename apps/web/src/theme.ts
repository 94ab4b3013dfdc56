import type { ThemeConfig } from 'antd';

/** One quiet language: one accent colour, red only for what is late, a 4 px grid. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b4f8a',
    colorError: '#b42318',
    colorLink: '#0b4f8a',
    fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
    borderRadius: 4,
    fontSize: 14,
  },
  components: {
    Layout: { headerBg: '#0b3a66', headerHeight: 48, headerPadding: '0 16px', bodyBg: '#f5f6f8' },
    Table: { cellPaddingBlock: 8, cellPaddingInline: 12 },
  },
};
