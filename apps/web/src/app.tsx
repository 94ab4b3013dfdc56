import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Link, Navigate, NavLink, Outlet, Route, Routes, useLocation } from 'react-router';
import type { Role } from '#contracts/roles.js';
import type { Me } from '#contracts/session.js';
import { useInboxStream } from './api/inbox';
import { useMe, useSignOut } from './api/queries';
import { followSessionEnd, isSessionOver, somebodyIsHere } from './api/session-end';
import { ErrorBoundary } from './error-boundary';
import { Failure } from './failure';
import { DisplayMenu } from './frame/display-menu';
import { OfflineNotice } from './frame/offline';
import { useLanguage } from './language';
import { InboxPage } from './pages/inbox';
import { Bones } from './parts/waiting';
import type { TextKey } from './texts';

const AccountPage = lazy(() => import('./pages/account').then((page) => ({ default: page.AccountPage })));
const AwaitedPage = lazy(() => import('./pages/awaited').then((page) => ({ default: page.AwaitedPage })));
const SignInPage = lazy(() => import('./pages/sign-in').then((page) => ({ default: page.SignInPage })));

const TrialBar = lazy(() => import('./frame/trial-bar').then((bar) => ({ default: bar.TrialBar })));
const SessionOver = lazy(() => import('./frame/session-over').then((part) => ({ default: part.SessionOver })));

/** Sign-in and inbox do without the component library; it comes with the first page that has a form. */
const Components = lazy(() => import('./components').then((module) => ({ default: module.Components })));
const TripsPage = lazy(() => import('./pages/trips').then((page) => ({ default: page.TripsPage })));
const CasePage = lazy(() => import('./pages/case').then((page) => ({ default: page.CasePage })));
const ProposalPage = lazy(() => import('./pages/proposal').then((page) => ({ default: page.ProposalPage })));
const DecidePage = lazy(() => import('./pages/decide').then((page) => ({ default: page.DecidePage })));
const PlanLinePage = lazy(() => import('./pages/plan-line').then((page) => ({ default: page.PlanLinePage })));
const tripReports = () => import('./pages/trip-reports');
const TripReportsPage = lazy(() => tripReports().then((page) => ({ default: page.TripReportsPage })));
const TripReportPage = lazy(() => tripReports().then((page) => ({ default: page.TripReportPage })));
const FollowUpsPage = lazy(() => tripReports().then((page) => ({ default: page.FollowUpsPage })));
const PlanPage = lazy(() => import('./pages/plan').then((page) => ({ default: page.PlanPage })));
const ProfilePage = lazy(() => import('./pages/profile').then((page) => ({ default: page.ProfilePage })));
const AbroadPage = lazy(() => import('./pages/abroad').then((page) => ({ default: page.AbroadPage })));
const DashboardPage = lazy(() => import('./pages/dashboard').then((page) => ({ default: page.DashboardPage })));
const ReportPage = lazy(() => import('./pages/report').then((page) => ({ default: page.ReportPage })));
const reportRounds = () => import('./pages/report-rounds');
const ReportRoundsPage = lazy(() => reportRounds().then((page) => ({ default: page.ReportRoundsPage })));
const ReportRoundPage = lazy(() => reportRounds().then((page) => ({ default: page.ReportRoundPage })));
const UnitReportPage = lazy(() => import('./pages/unit-report').then((page) => ({ default: page.UnitReportPage })));
const RulesPage = lazy(() => import('./pages/rules').then((page) => ({ default: page.RulesPage })));
const RestrictionsPage = lazy(() =>
  import('./pages/restrictions').then((page) => ({ default: page.RestrictionsPage })),
);
const CalendarPage = lazy(() => import('./pages/calendar').then((page) => ({ default: page.CalendarPage })));
const OperationsPage = lazy(() => import('./pages/operations').then((page) => ({ default: page.OperationsPage })));

/** In one's own right or today for somebody who is away. */
const holds = (me: Me, ...roles: readonly Role[]) =>
  [...me.roles, ...me.substituting].some((one) => roles.includes(one.role));

interface Place {
  readonly to: string;
  readonly text: TextKey;
  /** Absent: everybody. */
  readonly roles?: readonly Role[];
  /** Pages that belong to it and begin otherwise. */
  readonly also?: readonly string[];
}

/** A place somebody may go to. */
const places: readonly Place[] = [
  { to: '/', text: 'inbox' },
  { to: '/decide', text: 'decide', roles: ['leader'] },
  { to: '/trips', text: 'trips', also: ['/cases'] },
  { to: '/abroad', text: 'abroad' },
  { to: '/plan', text: 'plan' },
  { to: '/trip-reports', text: 'tripReports' },
  { to: '/dashboard', text: 'dashboard', also: ['/report'] },
  { to: '/rules', text: 'rulesPage', also: ['/calendar', '/restrictions'] },
  { to: '/operations', text: 'operations', roles: ['administrator', 'inspector'] },
];

const isIn = ({ to, also = [] }: Place, pathname: string) =>
  [to, ...also].some((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)));

/** On a telephone the bar is wider than the screen: where the reader is comes into sight. */
function useCurrentInSight(pathname: string) {
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another current link.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - nav.current.clientWidth / 3;
  }, [pathname]);
  return nav;
}

function Header({ me }: { readonly me: Me }) {
  const { t, language, setLanguage } = useLanguage();
  const signOut = useSignOut();
  const { pathname } = useLocation();
  const nav = useCurrentInSight(pathname);
  return (
    <header className="bar">
      <a className="skip" href="#main">
        {t('skipToContent')}
      </a>
      <strong>{t('product')}</strong>
      <nav ref={nav} aria-label={t('navigation')}>
        {places
          .filter((place) => place.roles === undefined || holds(me, ...place.roles))
          .map((place) => (
            <Link key={place.to} to={place.to} aria-current={isIn(place, pathname) ? 'page' : undefined}>
              {t(place.text)}
            </Link>
          ))}
        <NavLink className="phone" to="/profile">
          {t('profile')}
        </NavLink>
      </nav>
      <NavLink className="who" to="/profile" title={me.roles.map((role) => role.organisationName).join(', ')}>
        {me.fullName}
      </NavLink>
      <DisplayMenu />
      <button type="button" onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
        {t('language')}
      </button>
      <button type="button" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('signOut')}
      </button>
    </header>
  );
}

function Pages({ me }: { readonly me: Me }) {
  useInboxStream();
  return (
    <Routes>
      <Route path="/" element={<InboxPage me={me} />} />
      <Route path="/abroad" element={<AbroadPage me={me} />} />
      <Route path="/dashboard" element={<DashboardPage me={me} />} />
      <Route path="/report" element={<ReportPage me={me} />} />
      <Route path="/rules" element={<RulesPage me={me} />} />
      <Route path="/calendar" element={<CalendarPage me={me} />} />
      <Route path="/restrictions" element={<RestrictionsPage me={me} />} />
      <Route
        element={
          <Components>
            <Outlet />
          </Components>
        }
      >
        {holds(me, 'administrator', 'inspector') && <Route path="/operations/:part?" element={<OperationsPage />} />}
        <Route path="/trips" element={<TripsPage me={me} />} />
        <Route path="/cases/:id" element={<CasePage me={me} />} />
        <Route path="/cases/:id/proposal" element={<ProposalPage />} />
        <Route path="/profile" element={<ProfilePage me={me} />} />
        <Route path="/plan/:id?" element={<PlanPage me={me} />} />
        <Route path="/trip-reports" element={<TripReportsPage />} />
        <Route path="/trip-reports/follow-ups/:id?" element={<FollowUpsPage />} />
        <Route path="/trip-reports/:id" element={<TripReportPage />} />
        <Route path="/report-rounds" element={<ReportRoundsPage me={me} />} />
        <Route path="/report-rounds/:id" element={<ReportRoundPage />} />
        <Route path="/unit-reports/:id" element={<UnitReportPage />} />
        <Route path="/plan/lines/:id" element={<PlanLinePage />} />
        {holds(me, 'leader') && <Route path="/decide" element={<DecidePage />} />}
      </Route>
      <Route path="*" element={<Navigate to="/" replace />} />
    </Routes>
  );
}

/** Nobody signed in sees only the sign-in page; the address stays, so that a link in a mail leads on after signing in. */
export function App() {
  const me = useMe();
  const { pathname } = useLocation();
  const cache = useQueryClient();
  const [owed, setOwed] = useState<'page' | 'over' | null>(null);
  const isOver = useSyncExternalStore(followSessionEnd, isSessionOver);
  if (pathname === '/account')
    return (
      <Suspense fallback={null}>
        <AccountPage />
      </Suspense>
    );
  if (me.isPending) return <Bones />;
  if (me.isLoadingError) return <Failure problem={me.error} retry={() => me.refetch()} />;
  if (me.data === null)
    return (
      <Suspense fallback={null}>
        <SignInPage />
      </Suspense>
    );
  // Until the recovery codes have been kept, even when the session was asked for again and is open already. A page that was open stays.
  if (me.data.awaits !== null && owed === null) setOwed(somebodyIsHere() ? 'over' : 'page');
  const paid = () => void cache.invalidateQueries().then(() => setOwed(null));
  if (owed === 'page')
    return (
      <Suspense fallback={<Bones />}>
        <AwaitedPage me={me.data} done={paid} />
      </Suspense>
    );
  return (
    <>
      <Header me={me.data} />
      <OfflineNotice />
      {me.data.trial && (
        <Suspense fallback={<div className="trial no-print" />}>
          <TrialBar />
        </Suspense>
      )}
      <main id="main" className="page" tabIndex={-1}>
        {/* Another page begins without the failure of this one. */}
        <ErrorBoundary place={pathname}>
          <Suspense fallback={<Bones />}>
            <Pages me={me.data} />
          </Suspense>
        </ErrorBoundary>
      </main>
      {(isOver || owed === 'over') && (
        <Suspense fallback={null}>
          <SessionOver me={me.data} paid={owed === 'over' ? paid : null} />
        </Suspense>
      )}
    </>
  );
}
