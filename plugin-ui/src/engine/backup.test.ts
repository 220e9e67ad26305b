// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { TestPortal } from './portal.testing';

const WEB = { id: 'id-web', name: 'web01', status: 'Up', managed: true };
const DB = { id: 'id-db', name: 'db01', status: 'Up', managed: true };
const HTML = { id: 'id-x', name: '<img src=x onerror=alert(1)>', status: 'Up', managed: true };

const PATIENCE_MILLIS = 20_000;

/** The portal shows toasts and changes addresses after the caller's own work. */
const settled = (portal: TestPortal, line: string) =>
  vi.waitFor(() => {
    expect(portal.done).toContain(line);
  }, PATIENCE_MILLIS);

const inUse = (): TestPortal => {
  const portal = new TestPortal();
  portal.place = 'vms';
  portal.load();
  return portal;
};

describe('Back up now', () => {
  it('asks with the user’s token, in the header alone, and without cookies', async () => {
    const portal = inUse();
    portal.answer(202, { id: 'r1', state: 'queued' });
    portal.buttons.get('Back up now')?.onClick([WEB, DB]);
    await settled(portal, 'toast success The backup of web01, db01 is in the queue.');
    expect(portal.fetched).toHaveLength(1);
    expect(portal.fetched[0]).toEqual({
      url: '/ovirt-engine-stillpoint/api/v1/runs',
      init: {
        method: 'POST',
        headers: { Authorization: 'Bearer token-1', 'Stillpoint-Site': 'lab', 'Content-Type': 'application/json' },
        credentials: 'omit',
        cache: 'no-store',
        body: '{"site":"lab","vms":["id-web","id-db"]}',
      },
    });
  });

  it('reads the token anew each time', async () => {
    const portal = inUse();
    portal.answer(202, { id: 'r1', state: 'running' });
    portal.buttons.get('Back up now')?.onClick([WEB]);
    await settled(portal, 'toast success The backup of web01 has started.');
    portal.token = 'token-2';
    portal.answer(202, { id: 'r2', state: 'running' });
    portal.buttons.get('Back up now')?.onClick([DB]);
    await settled(portal, 'toast success The backup of db01 has started.');
    expect(portal.fetched[1]?.init.headers).toMatchObject({ Authorization: 'Bearer token-2' });
  });

  it('a double click makes one run', async () => {
    const portal = inUse();
    portal.answer(202, { id: 'r1', state: 'queued' });
    portal.buttons.get('Back up now')?.onClick([WEB]);
    portal.buttons.get('Back up now')?.onClick([WEB]);
    await settled(portal, 'toast success The backup of web01 is in the queue.');
    portal.answer(200, { id: 'r1', state: 'running' });
    portal.buttons.get('Back up now')?.onClick([WEB]);
    await settled(portal, 'toast info The backup of web01 that you asked for before has not ended yet.');
    expect(portal.fetched.map((one) => one.init.method)).toEqual(['POST', 'GET']);
  });

  it('once the run has ended another click makes another', async () => {
    const portal = inUse();
    portal.answer(202, { id: 'r1', state: 'running' });
    portal.buttons.get('Back up now')?.onClick([WEB]);
    await settled(portal, 'toast success The backup of web01 has started.');
    portal.answer(200, { id: 'r1', state: 'succeeded' });
    portal.answer(202, { id: 'r2', state: 'queued' });
    portal.buttons.get('Back up now')?.onClick([WEB]);
    await settled(portal, 'toast success The backup of web01 is in the queue.');
    expect(portal.fetched.map((one) => one.init.method)).toEqual(['POST', 'GET', 'POST']);
  });

  it.each([
    [403, { detail: 'You may not back up db01', remedy: 'Ask an administrator.' }, 'application/problem+json',
      'You may not back up db01. Ask an administrator.'],
    [401, { detail: 'The manager does not know this token' }, 'application/problem+json',
      'Your session is over or Stillpoint was removed from the portal. Reload the page.'],
    [401, 'x', 'text/html', 'Your session is over or Stillpoint was removed from the portal. Reload the page.'],
    [503, '<html>', 'text/html', 'the backup server does not answer.'],
    [500, '<html>', 'text/html', 'HTTP 500'],
  ])('a refusal with %i is told with its cause', async (status, body, type, why) => {
    const portal = inUse();
    portal.answer(status, body, type);
    portal.buttons.get('Back up now')?.onClick([WEB]);
    await settled(portal, `alert danger No backup of web01 was started: ${why} {}`);
  });

  it('a broken connection is told as what it is: nobody knows', async () => {
    const portal = inUse();
    portal.buttons.get('Back up now')?.onClick([WEB]);
    await vi.waitFor(() => {
      expect(portal.done.join()).toContain('alert warning It is not known whether');
    }, PATIENCE_MILLIS);
  });

  it('a name with HTML in it stays a name', async () => {
    const portal = inUse();
    portal.answer(202, { id: 'r1', state: 'running' });
    portal.buttons.get('Back up now')?.onClick([HTML]);
    await settled(portal, 'toast success The backup of <img src=x onerror=alert(1)> has started.');
  });

  it('of nothing asks nothing, and odd items harm nobody', () => {
    const portal = inUse();
    portal.buttons.get('Back up now')?.onClick([]);
    portal.buttons.get('Back up now')?.onClick(undefined as unknown as []);
    expect(portal.fetched).toEqual([]);
    expect(portal.state()).toBe('in use');
  });
});
