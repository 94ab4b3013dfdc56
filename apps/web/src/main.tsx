import './fonts.css';
import './styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ApiProblem } from './api/client';
import { inboxQuery } from './api/inbox';
import { meQuery } from './api/queries';
import { App } from './app';
import { DisplayProvider } from './display';
import { ErrorBoundary } from './error-boundary';
import { LanguageProvider } from './language';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, problem) =>
        count < 2 && !(problem instanceof ApiProblem && problem.status >= 400 && problem.status < 500),
    },
  },
});

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no element "root".');

/** Who is signed in is known before the first drawing, and on the first page what waits: one drawing instead of three. */
async function start(into: HTMLElement): Promise<void> {
  const asked = [queryClient.prefetchQuery(meQuery)];
  if (window.location.pathname === '/') asked.push(queryClient.prefetchInfiniteQuery(inboxQuery({})));
  await Promise.all(asked);
  createRoot(into).render(
    <LanguageProvider>
      <DisplayProvider>
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <BrowserRouter>
              <App />
            </BrowserRouter>
          </QueryClientProvider>
        </ErrorBoundary>
      </DisplayProvider>
    </LanguageProvider>,
  );
}
void start(container);

// Only where the page is served as it is built: it keeps the page for no connection.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  navigator.serviceWorker
    .register('/sw.js')
    .catch((cause: unknown) => console.warn('No page for no connection:', cause));
}
