// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Api } from '../../api/client';
import { SessionContext } from '../../api/context';
import type { Host } from '../../host/host';
import { speak } from '../../i18n';
import { LastRun } from './LastRun';

const WAITING = { id: 'r1', kind: 'backup', state: 'queued', created: '2026-11-22T00:00:00Z' };
const ENDED = { ...WAITING, state: 'succeeded', ended: '2026-11-22T00:01:00Z' };

configure({ asyncUtilTimeout: 20_000 });

beforeEach(() => speak('en'));

afterEach(cleanup);

/** Shows the last run first as waiting, then as ended; the keys of what is asked for anew. */
async function staleAfterEnd(live: boolean): Promise<unknown[]> {
  const runs = [WAITING, ENDED];
  const get = () => Promise.resolve({ data: { items: [runs.shift() ?? ENDED] }, response: new Response() });
  const host = { locale: () => 'en' } as Host;
  const queries = new QueryClient();
  const stale = vi.spyOn(queries, 'invalidateQueries');
  render(
    <SessionContext value={{ host, api: { GET: get } as unknown as Api, live }}>
      <QueryClientProvider client={queries}>
        <MemoryRouter>
          <LastRun vm="v1" />
        </MemoryRouter>
      </QueryClientProvider>
    </SessionContext>,
  );
  await screen.findByText('Queued');
  expect(stale).not.toHaveBeenCalled();
  await queries.refetchQueries();
  await screen.findByText('Succeeded');
  return stale.mock.calls.map(([filter]) => filter?.queryKey?.[0]);
}

test('when a run has ended the backups it made are asked for, though no event told of it', async () => {
  expect(await staleAfterEnd(false)).toEqual(['points', 'protection']);
});

test('where events tell of it they are not asked for twice', async () => {
  expect(await staleAfterEnd(true)).toEqual([]);
});
