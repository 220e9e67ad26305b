// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { problemOf } from './problem';
import { useAction } from './useAction';

configure({ asyncUtilTimeout: 20_000 });

afterEach(cleanup);

function Page({ act }: { act: () => Promise<string> }) {
  const action = useAction(act);
  return (
    <>
      <button onClick={() => action.run(undefined)}>go</button>
      <output>{action.problem?.detail ?? action.result ?? (action.busy ? 'busy' : 'idle')}</output>
    </>
  );
}

function show(act: () => Promise<string>) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Page act={act} />
    </QueryClientProvider>,
  );
}

test('a double click is one action', async () => {
  let end: (result: string) => void = () => undefined;
  const act = vi.fn(() => new Promise<string>((resolve) => (end = resolve)));
  show(act);
  await userEvent.dblClick(screen.getByRole('button'));
  await waitFor(() => expect(act).toHaveBeenCalledTimes(1));
  end('done');
  await screen.findByText('done');
  expect(act).toHaveBeenCalledTimes(1);
});

test('what failed is said and can be tried again', async () => {
  const answers = [
    () => Promise.reject(problemOf(409, { kind: 'CONFLICT', detail: 'VM web01 is running', remedy: 'Shut it down.' })),
    () => Promise.resolve('done'),
  ];
  show(() => answers.shift()?.() ?? Promise.resolve('twice'));
  await userEvent.click(screen.getByRole('button'));
  await screen.findByText('VM web01 is running');
  await userEvent.click(screen.getByRole('button'));
  await screen.findByText('done');
});
