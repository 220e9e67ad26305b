import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { apiOf } from '../../api/client';
import { SessionContext } from '../../api/context';
import type { Point, RestoreRequest } from '../../api/types';
import type { Host } from '../../host/host';
import { speak } from '../../i18n';
import { RestoreWizard } from './RestoreWizard';

const GIB = 1024 ** 3;
const host = { site: () => 's1', token: () => 't', tokenRefused: () => undefined, locale: () => 'en-GB' } as unknown as Host;

const disk = (id: string, name: string) => ({ disk: id, name, bytesVirtual: 8 * GIB, mode: 'full', reason: '', bytesRead: 0, bytesStored: 0 });
const nic = { name: 'nic1', model: 'virtio', mac: '', profile: 'lan', network: 'lan', linked: true, plugged: true, guestAddresses: [] };
const point = {
  id: 'p1',
  site: 's1',
  vm: 'v1',
  vmName: 'db01',
  time: '2026-11-21T05:30:00Z',
  disks: [disk('d1', 'db01_sys'), disk('d2', 'db01_data')],
  settings: {
    cluster: { id: 'c1', name: 'East' },
    disks: [
      { id: 'd1', storage: 'fast' },
      { id: 'd2', storage: 'fast' },
    ],
    nics: [nic],
  },
  rights: ['administer', 'restore', 'restore_as_new'],
} as unknown as Point;

const storage = (id: string, name: string, free: number, clusters: string[], usable = true) => ({ id, name, bytesAvailable: free * GIB, usable, clusters });
const TARGETS = {
  clusters: [
    { id: 'c1', name: 'East' },
    { id: 'c2', name: 'West' },
  ],
  storages: [storage('s-f', 'fast', 100, ['c1', 'c2']), storage('s-o', 'off', 100, ['c1'], false), storage('s-t', 'tiny', 3, ['c1']), storage('s-w', 'west', 50, ['c2'])],
  networks: [
    { id: 'n1', name: 'lan', network: 'lan' },
    { id: 'n2', name: 'slow', network: 'dmz' },
  ],
};

export const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
export const problem = (status: number, kind: string, detail: string, remedy: string) => json({ kind, detail, remedy }, status);
export const away = () => Promise.reject<Response>(new TypeError('Failed to fetch'));

export function plan(request: RestoreRequest, refusals: unknown[] = []) {
  const names = point.disks.filter((one) => request.disks?.includes(one.disk) ?? true);
  const disks = names.map((one) => ({ ...one, bytesToWrite: 2 * GIB, bytesTaken: 2 * GIB, storage: 'fast' }));
  return json({ point: 'p1', mode: request.mode, vmName: request.name ?? 'db01', disks, nics: [], notes: [], refusals });
}

/** A server whose answers a test replaces. */
export const server = {
  sent: [] as RestoreRequest[],
  targets: (): Promise<Response> => Promise.resolve(json(TARGETS)),
  dryRun: (request: RestoreRequest): Promise<Response> => Promise.resolve(plan(request)),
  start: (): Promise<Response> => Promise.resolve(json({ id: 'r1' }, 202)),
};
export const usual = { ...server };

async function answer(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^.*\/api\/v1/, '');
  if (path === '/restores') {
    const body = (await request.json()) as RestoreRequest;
    if (!body.dryRun) {
      server.sent.push(body);
    }
    return body.dryRun ? server.dryRun(body) : server.start();
  }
  return path === '/sites/s1/targets' ? server.targets() : json({ items: [] });
}

/** For every test of a file: our words, a server that has all, nothing left of the test before. */
export function beginAnew(): void {
  // Generous, as the machine may be busy: nothing is asserted to stay as it is for a time.
  vi.setConfig({ testTimeout: 90_000 });
  configure({ asyncUtilTimeout: 20_000 });
  beforeAll(() => speak('en'));
  beforeEach(() => {
    Object.assign(server, usual, { sent: [] });
    vi.stubGlobal('fetch', answer);
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });
}

/** The point as somebody sees it who has those rights and no others. */
export const asUser = (...rights: NonNullable<Point['rights']>): Point => ({ ...point, rights });

export function show(seen = point) {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <SessionContext value={{ host, api: apiOf(host), live: false }}>
        <MemoryRouter>
          <Routes>
            <Route path="/" element={<RestoreWizard point={seen} />} />
            <Route path="/runs/:run" element={<p>the run</p>} />
          </Routes>
        </MemoryRouter>
      </SessionContext>
    </QueryClientProvider>,
  );
}

/** The wizard's own button, also while it works; the list of steps may have one of the same name. */
export const button = (name: string) => screen.getAllByRole<HTMLButtonElement>('button', { name: new RegExp(`${name}$`) }).at(-1) as HTMLButtonElement;
export const press = (name: string) => userEvent.click(button(name));
export const field = <T extends HTMLElement = HTMLInputElement>(name: string) => screen.getByLabelText<T>(name, { exact: false });
export const options = (name: string) => [...field<HTMLSelectElement>(name).options].map(({ text }) => text);

export async function toWhere() {
  show();
  await press('Next');
  await screen.findByLabelText('Cluster');
}

export async function toCheck() {
  await toWhere();
  await press('Check');
}

export async function toRestore() {
  await toCheck();
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
}

