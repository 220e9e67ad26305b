// @vitest-environment jsdom
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, configure, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asProblem, problemOf } from '../api/problem';
import { speak } from '../i18n';
import { Loaded } from './states';

configure({ asyncUtilTimeout: 20_000 });

beforeEach(() => speak('en'));

afterEach(cleanup);

function Page({ ask }: { ask: () => Promise<string> }) {
  const query = useQuery({ queryKey: ['x'], queryFn: ask, retry: false });
  return <Loaded query={query}>{(data) => <p>{data}</p>}</Loaded>;
}

function show(ask: () => Promise<string>) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Page ask={ask} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

test('what the server says of a problem is shown, with its remedy and a way to go on', async () => {
  const answers = [
    () => Promise.reject(problemOf(503, { kind: 'STORAGE_UNAVAILABLE', detail: 'The disk is away', remedy: 'Mount it.' })),
    () => Promise.resolve('there'),
  ];
  show(() => answers.shift()?.() ?? Promise.resolve(''));
  await screen.findByText('The disk is away', { exact: false });
  screen.getByText('Mount it.');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('there');
});

test('who may not see something is told so, and not offered to try again', async () => {
  show(() => Promise.reject(problemOf(403, { kind: 'PERMISSION', detail: 'configure_engine is missing', remedy: '' })));
  await screen.findByText('You may not see this');
  screen.getByText(/configure_engine is missing/);
  expect(screen.queryByRole('button')).toBeNull();
});

test('a server that is away is said in our words', async () => {
  show(() => Promise.reject(new TypeError('Failed to fetch')));
  await screen.findByText('The backup server does not answer', { exact: false });
});

test('a name with HTML in it is a text', async () => {
  show(() => Promise.resolve('<img src=x onerror=alert(1)>'));
  await screen.findByText('<img src=x onerror=alert(1)>');
  expect(document.querySelector('img')).toBeNull();
});

test('an answer that is no problem document is one all the same', () => {
  expect(asProblem(problemOf(500, '<html>'))).toMatchObject({ kind: 'HTTP_500', detail: '', status: 500 });
});

test('what the web server says for a server that is not there means just that', () => {
  expect(problemOf(503, '<html>')).toMatchObject({ kind: 'UNREACHABLE', status: 0 });
  expect(problemOf(503, { kind: 'HYPERVISOR_UNAVAILABLE', detail: 'x' })).toMatchObject({ kind: 'HYPERVISOR_UNAVAILABLE', status: 503 });
});

test('in another language the sort of failure is translated, and the words of the server are a quotation', async () => {
  await speak('de');
  show(() => Promise.reject(problemOf(409, { kind: 'CONFLICT', detail: 'VM web01 is running', remedy: 'Shut it down.' })));
  await screen.findByText('Etwas steht dagegen', { exact: false });
  expect(screen.getByText('VM web01 is running').getAttribute('lang')).toBe('en');
  expect(screen.getByText('Shut it down.').tagName).toBe('Q');
});

test('a remedy that is done elsewhere leads there; a place that is not known here leads nowhere', async () => {
  const refusal = { kind: 'NOT_FOUND', detail: 'There is no run x', remedy: 'Look for it in the list of runs.' };
  show(() => Promise.reject(problemOf(404, { ...refusal, place: 'runs' })));
  const link = await screen.findByRole('link', { name: 'Runs' });
  expect(link.getAttribute('href')).toBe('/runs');
  cleanup();
  show(() => Promise.reject(problemOf(404, { ...refusal, place: 'moon' })));
  await screen.findByText('Look for it in the list of runs.');
  expect(screen.queryByRole('link')).toBeNull();
});
