// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Api } from '../api/client';
import { SessionContext } from '../api/context';
import type { Host } from '../host/host';
import { speak } from '../i18n';
import { type Told, useTell } from '../shared/tell';
import { Toasts } from './Toasts';

beforeEach(() => speak('en'));

afterEach(cleanup);

function Act({ kind }: { kind: Told['kind'] }) {
  const tell = useTell();
  return <button onClick={() => tell(kind, 'what came of it')}>Act</button>;
}

async function told(hostKind: Host['kind'], kind: Told['kind']): Promise<{ byHost: boolean; byPage: boolean }> {
  const tell = vi.fn();
  const host = { kind: hostKind, tell } as unknown as Host;
  render(
    <SessionContext value={{ host, api: {} as Api, live: true }}>
      <Toasts>
        <Act kind={kind} />
      </Toasts>
    </SessionContext>,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Act' }));
  return { byHost: tell.mock.calls.length > 0, byPage: screen.queryByText('what came of it') !== null };
}

test.each([
  ['ovirt', 'success', { byHost: true, byPage: false }],
  ['ovirt', 'info', { byHost: true, byPage: false }],
  ['ovirt', 'warning', { byHost: false, byPage: true }],
  ['ovirt', 'danger', { byHost: false, byPage: true }],
  ['standalone', 'success', { byHost: false, byPage: true }],
  ['standalone', 'danger', { byHost: false, byPage: true }],
] as const)('in %s what is of kind %s is said where it is seen whole', async (host, kind, where) => {
  expect(await told(host, kind)).toEqual(where);
});
