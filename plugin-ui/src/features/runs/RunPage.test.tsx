// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Api } from '../../api/client';
import { SessionContext } from '../../api/context';
import type { Host } from '../../host/host';
import { speak } from '../../i18n';
import RunPage from './RunPage';

const RUNNING = { id: 'r1', kind: 'backup', site: 's1', state: 'running', created: '2026-11-22T00:00:00Z', vms: [], cancelling: false, actions: ['cancel'] };

configure({ asyncUtilTimeout: 20_000 });

beforeEach(() => speak('en'));

afterEach(cleanup);

/** The page of a run that the server goes on with for a while after it was told to stop. */
function show(): void {
  let run = RUNNING;
  const answered = (data: unknown) => Promise.resolve({ data, response: new Response() });
  const api = {
    GET: (path: string) => answered(path === '/runs/{run}' ? run : { items: [] }),
    POST: () => {
      run = { ...RUNNING, cancelling: true, actions: [] };
      return answered(run);
    },
  };
  render(
    <SessionContext value={{ host: { locale: () => 'en' } as Host, api: api as unknown as Api, live: true }}>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter initialEntries={['/runs/r1']}>
          <Routes>
            <Route path="/runs/:run" element={<RunPage />} />
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>
    </SessionContext>,
  );
}

test('a run that was cancelled and goes on for now says what is awaited, and cannot be cancelled again', async () => {
  show();
  await screen.findByText('Running');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await screen.findByText('Cancelling');
  screen.getByText('What the manager does for it is awaited', { exact: false });
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull());
});
