import { afterEach, expect, test, vi } from 'vitest';
import type { Host } from '../host/host';
import { hostFetch } from './hostFetch';

function hostWith(tokens: (string | undefined)[]) {
  const refused = vi.fn(() => void tokens.shift());
  return { host: { site: () => 'lab', token: () => tokens[0], tokenRefused: refused } as unknown as Host, refused };
}

const calls: Request[] = [];

function serverThatKnows(known: string) {
  calls.length = 0;
  vi.stubGlobal('fetch', (request: Request) => {
    calls.push(request);
    return Promise.resolve(new Response(null, { status: request.headers.get('Authorization') === `Bearer ${known}` ? 204 : 401 }));
  });
}

afterEach(() => vi.unstubAllGlobals());

const request = () => new Request('http://localhost/api/v1/runs', { method: 'POST', body: '{"vms":["a"]}' });

test('calls as the user of the host, without cookies and without a trace in a cache', async () => {
  serverThatKnows('t1');
  const { host, refused } = hostWith(['t1']);
  expect((await hostFetch(host)(request())).status).toBe(204);
  expect(refused).not.toHaveBeenCalled();
  expect([calls[0]?.headers.get('Stillpoint-Site'), calls[0]?.credentials, calls[0]?.cache]).toEqual(['lab', 'omit', 'no-store']);
});

test('tries once more with the new token that the host has, sending all of it again', async () => {
  serverThatKnows('t2');
  const { host } = hostWith(['t1', 't2']);
  expect((await hostFetch(host)(request())).status).toBe(204);
  expect(await Promise.all(calls.map((call) => call.text()))).toEqual(['{"vms":["a"]}', '{"vms":["a"]}']);
});

test('does not go on asking where no token is any good', async () => {
  serverThatKnows('none');
  const { host } = hostWith(['t1', 't2', 't3']);
  expect((await hostFetch(host)(request())).status).toBe(401);
  expect(calls.length).toBe(2);
});

test('a host without another token leaves it at that', async () => {
  serverThatKnows('none');
  const { host } = hostWith(['t1', undefined]);
  expect((await hostFetch(host)(request())).status).toBe(401);
  expect(calls.length).toBe(1);
});
