import { describe, expect, inject, it } from 'vitest';
import { apache } from './apache';
import { backup } from './truth';

const stand = inject('stand');

/** What the web server of an engine's machine, set up by our installer, makes of our answers. */
describe.skipIf(!stand || !apache())('through the engine’s web server', () => {
  const at = stand as NonNullable<typeof stand>;
  const behind = (path: string): string => new URL(path, at.console.replace('console/index.html', '')).href;
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(behind(path), { headers: { Authorization: `Bearer ${at.token}`, ...headers } });

  it('it is Apache that answers', async () => {
    const answer = await fetch(new URL('/nothing/of/this', at.console));
    expect(answer.headers.get('server')).toContain('Apache');
  });

  it('an event comes when it happens, not when a buffer is full', async () => {
    const stop = new AbortController();
    const answer = await fetch(behind('api/v1/events'), {
      headers: { Authorization: `Bearer ${at.token}`, Accept: 'text/event-stream', 'Accept-Encoding': 'gzip' },
      signal: stop.signal,
    });
    expect(answer.headers.get('content-encoding')).toBeNull();
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const made = backup(at, 'files01');
    let heard = '';
    while (!heard.includes('run')) {
      heard += (await reader?.read())?.value ?? '';
    }
    // The stream has not ended, and yet something came.
    stop.abort();
    await made;
  });

  it('a range of a disk is that range', async () => {
    const run = await backup(at, 'files01');
    const task = run.vms[0];
    const path = `api/v1/points/${task?.point ?? ''}/disks/${task?.disks[0]?.disk ?? ''}/content`;
    const answer = await get(path, { Range: 'bytes=1048576-1049599' });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toMatch(/^bytes 1048576-1049599\//);
    expect((await answer.arrayBuffer()).byteLength).toBe(1024);
  });

  it('a token that is not known is refused without the browser’s own sign-in', async () => {
    const answer = await get('api/v1/runs', { Authorization: 'Bearer nobody' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).not.toMatch(/basic/i);
  });

  it('the console comes compressed, kept, framed by its own origin only', async () => {
    const page = await get('console/index.html', { 'Accept-Encoding': 'gzip' });
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(page.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
    const asset = await get(`console/${script}`, { 'Accept-Encoding': 'gzip' });
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    const plain = await get(`console/${script}`, { 'Accept-Encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await asset.text()).toBe(await plain.text());
  });

  it('its place without a slash leads to the console', async () => {
    const answer = await fetch(behind('').replace(/\/$/, ''));
    expect(answer.status).toBe(200);
    expect(answer.url).toMatch(/\/ovirt-engine-stillpoint\/console\/$/);
  });
});
