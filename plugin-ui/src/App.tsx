import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { HashRouter } from 'react-router';
import { apiOf } from './api/client';
import { SessionContext } from './api/context';
import { listen } from './api/events';
import { asProblem } from './api/problem';
import type { Host } from './host/host';
import { OvirtHost } from './host/ovirt/OvirtHost';
import { SessionOver } from './host/ovirt/SessionOver';
import { SignIn } from './host/standalone/SignIn';
import { StandaloneHost } from './host/standalone/StandaloneHost';
import { useHostState } from './host/useHostState';
import { speak } from './i18n';
import { Shell } from './shell/Shell';
import { Toasts } from './shell/Toasts';

function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2000,
        // What the caller may not do, or what is not there, does not change by asking again.
        retry: (failures, thrown) => failures < 2 && (asProblem(thrown).status === 0 || asProblem(thrown).status >= 502),
      },
    },
  });
}

export function App({ host }: { host: Host }) {
  const { signedIn, locale, theme } = useHostState(host);
  const api = useMemo(() => apiOf(host), [host]);
  const queries = useMemo(() => newQueries(), []);
  const [live, setLive] = useState(false);
  const session = useMemo(() => ({ host, api, live }), [host, api, live]);

  useEffect(() => void speak(locale), [locale]);
  useEffect(() => {
    document.documentElement.classList.toggle('pf-v6-theme-dark', theme === 'dark');
  }, [theme]);
  useEffect(() => {
    if (!signedIn) {
      // What one user saw is not for the next one.
      queries.clear();
      return undefined;
    }
    return listen(host, queries, setLive);
  }, [signedIn, host, queries]);

  return (
    <QueryClientProvider client={queries}>
      <SessionContext value={session}>
        {host instanceof StandaloneHost && !signedIn ? (
          <SignIn host={host} />
        ) : host instanceof OvirtHost && !signedIn ? (
          <SessionOver host={host} />
        ) : (
          <HashRouter>
            <Toasts>
              <Shell />
            </Toasts>
          </HashRouter>
        )}
      </SessionContext>
    </QueryClientProvider>
  );
}
