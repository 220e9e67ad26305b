// @vitest-environment node
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = resolve(import.meta.dirname, '../../../installer/ovirt-plugin.sh');

describe('ovirt-plugin.sh', () => {
  let work: string;
  let root: string;
  let from: string;

  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'stillpoint-plugin-'));
    root = join(work, 'engine');
    from = join(work, 'from');
    mkdirSync(join(from, 'stillpoint-resources'), { recursive: true });
    writeFileSync(join(from, 'stillpoint.json'), '{"name":"stillpoint"}');
    writeFileSync(join(from, 'stillpoint-resources/host.html'), '<html>');
    writeFileSync(join(from, 'stillpoint-resources/host.js'), 'one');
  });

  afterEach(() => {
    rmSync(work, { recursive: true });
  });

  const run = (...args: string[]): { status: number | null; text: string } => {
    const done = spawnSync(SCRIPT, ['--root', root, '--from', from, ...args], { encoding: 'utf8' });
    return { status: done.status, text: done.stdout + done.stderr };
  };
  const file = (name: string): string => join(root, name);
  const descriptor = 'usr/share/ovirt-engine/ui-plugins/stillpoint.json';
  const script = 'usr/share/ovirt-engine/ui-plugins/stillpoint-resources/host.js';
  const config = 'etc/ovirt-engine/ui-plugins/stillpoint-config.json';
  const proxy = 'etc/httpd/conf.d/z-ovirt-engine-stillpoint-proxy.conf';

  it('puts all in place, says so when asked, and takes it away again', () => {
    expect(run('--check').status).toBe(1);
    expect(run('--site', 'north').status).toBe(0);
    expect(readFileSync(file(descriptor), 'utf8')).toBe('{"name":"stillpoint"}');
    expect(JSON.parse(readFileSync(file(config), 'utf8').replace(/^\/\/.*\n/, ''))).toEqual({ config: { site: 'north' } });
    expect(readFileSync(file(proxy), 'utf8')).toContain('ProxyPass http://127.0.0.1:8470/ timeout=3600');
    expect(run('--check')).toEqual({ status: 0, text: 'All is in place.\n' });
    expect(run('--remove').status).toBe(0);
    expect([descriptor, script, config, proxy].filter((name) => existsSync(file(name)))).toEqual([]);
    expect(run('--remove').status).toBe(0);
  });

  it('a second time touches nothing: the portal goes by the files’ times', () => {
    run('--site', 'north');
    const then = new Date(1_000_000_000_000);
    const all = [descriptor, script, config, proxy];
    all.forEach((name) => utimesSync(file(name), then, then));
    expect(run('--site', 'north').status).toBe(0);
    expect(all.map((name) => statSync(file(name)).mtimeMs)).toEqual(all.map(() => then.getTime()));
  });

  it('a new version replaces what is of the old one, with a new time', () => {
    run('--site', 'north');
    const then = new Date(1_000_000_000_000);
    utimesSync(file(script), then, then);
    writeFileSync(join(from, 'stillpoint-resources/host.js'), 'two');
    expect(run('--check').status).toBe(1);
    expect(run().status).toBe(0);
    expect(readFileSync(file(script), 'utf8')).toBe('two');
    expect(statSync(file(script)).mtimeMs).toBeGreaterThan(then.getTime());
    expect(readFileSync(file(config), 'utf8')).toContain('north');
  });

  it('another site and another address are taken', () => {
    run('--site', 'north');
    run('--site', 'south', '--backend', 'http://10.0.0.5:8470');
    expect(readFileSync(file(config), 'utf8')).toContain('"south"');
    expect(readFileSync(file(proxy), 'utf8')).toContain('ProxyPass http://10.0.0.5:8470/ ');
  });

  it('what an administrator wrote is left alone, also when all else is removed', () => {
    mkdirSync(join(root, 'etc/ovirt-engine/ui-plugins'), { recursive: true });
    writeFileSync(file(config), '{"enabled":false}');
    expect(run('--site', 'north').text).toContain('left alone');
    run('--remove');
    expect(readFileSync(file(config), 'utf8')).toBe('{"enabled":false}');
  });

  it.each([
    [[], 'say with --site'],
    [['--site', 'a"b'], 'may not hold quotes'],
    [['--site', 'a', '--backend', 'http://x/ evil'], 'is no address'],
    [['--site'], 'needs a value'],
    [['--nonsense'], 'there is no option'],
  ])('%j is refused before anything is written', (args, why) => {
    const { status, text } = run(...args);
    expect(text).toContain(why);
    expect(status).toBe(2);
    expect(existsSync(root)).toBe(false);
  });

  it('without the console’s files it says where it looked', () => {
    expect(run('--site', 'a', '--from', join(work, 'nowhere')).text).toContain(join(work, 'nowhere'));
  });

  it('tells how it is used', () => {
    expect(execFileSync(SCRIPT, ['--help'], { encoding: 'utf8' })).toContain('--site NAME');
  });
});
