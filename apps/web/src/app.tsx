import { Button, Flex, Layout, Menu, Spin } from 'antd';
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import type { Me } from '#contracts/session.js';
import { useMe, useSignOut } from './api/queries';
import { Failure } from './failure';
import { useLanguage } from './language';
import { SignInPage } from './pages/sign-in';

const InboxPage = lazy(() => import('./pages/inbox').then((page) => ({ default: page.InboxPage })));
const TripsPage = lazy(() => import('./pages/trips').then((page) => ({ default: page.TripsPage })));
const CasePage = lazy(() => import('./pages/case').then((page) => ({ default: page.CasePage })));
const PlanPage = lazy(() => import('./pages/plan').then((page) => ({ default: page.PlanPage })));

function Header({ me }: { readonly me: Me }) {
  const { t, language, setLanguage } = useLanguage();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const signOut = useSignOut();
  const active = pathname.startsWith('/plan')
    ? '/plan'
    : pathname.startsWith('/trips') || pathname.startsWith('/cases')
      ? '/trips'
      : '/';
  return (
    <Layout.Header className="no-print">
      <Flex align="center" gap={16}>
        <strong style={{ color: '#fff', fontSize: 16, whiteSpace: 'nowrap' }}>{t('product')}</strong>
        <Menu
          theme="dark"
          mode="horizontal"
          style={{ flex: 1, minWidth: 0, background: 'transparent', lineHeight: '48px' }}
          selectedKeys={[active]}
          onClick={({ key }) => navigate(key)}
          items={[
            { key: '/', label: t('inbox') },
            { key: '/trips', label: t('trips') },
            { key: '/plan', label: t('plan') },
          ]}
        />
        <span
          style={{ color: '#d6e4f2', whiteSpace: 'nowrap' }}
          title={me.roles.map((role) => role.organisationName).join(', ')}
        >
          {me.fullName}
        </span>
        <Button size="small" ghost onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
          {t('language')}
        </Button>
        <Button size="small" ghost loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t('signOut')}
        </Button>
      </Flex>
    </Layout.Header>
  );
}

/** Nobody signed in sees only the sign-in page; the address stays, so that a link in a mail leads on after signing in. */
export function App() {
  const me = useMe();
  if (me.isPending) return <Spin fullscreen />;
  if (me.isError) return <Failure problem={me.error} retry={() => me.refetch()} />;
  if (me.data === null) return <SignInPage />;
  return (
    <Layout style={{ minHeight: '100vh' }}>
      <Header me={me.data} />
      <Layout.Content className="page" style={{ width: '100%' }}>
        <Suspense fallback={<Spin />}>
          <Routes>
            <Route path="/" element={<InboxPage />} />
            <Route path="/trips" element={<TripsPage />} />
            <Route path="/cases/:id" element={<CasePage />} />
            <Route path="/plan" element={<PlanPage me={me.data} />} />
            <Route path="*" element={<Navigate to="/" replace />} />
          </Routes>
        </Suspense>
      </Layout.Content>
    </Layout>
  );
}
