import { App, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import viVN from 'antd/es/locale/vi_VN';
import dayjs from 'dayjs';
import 'dayjs/locale/vi';
import type { ReactNode } from 'react';
import { useDisplay } from './display';
import { useLanguage } from './language';
import { themeFor } from './theme';

/** The component library in our look and language, for the pages with forms; sign-in and inbox do without it and stay small. */
export function Components({ children }: { readonly children: ReactNode }) {
  const { language } = useLanguage();
  const { isDark, density } = useDisplay();
  dayjs.locale(language);
  return (
    <ConfigProvider
      locale={language === 'vi' ? viVN : enUS}
      theme={themeFor({ isDark, density })}
      button={{ autoInsertSpace: false }}
    >
      <App component={false} message={{ duration: 4 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
