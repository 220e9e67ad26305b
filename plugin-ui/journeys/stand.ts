import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { apache, apacheConfiguration } from './apache';
import { mailSink } from './mail';

/** A lab and a server that run for the journeys, the console inside the lab's portal. */
export interface Stand {
  /** The portal's page. */
  readonly portal: string;
  /** The console alone, of the same origin. */
  readonly console: string;
  /** The server's API, as it is reached without the portal. */
  readonly api: string;
  /** The lab's control interface. */
  readonly lab: string;
  /** The server's own token. */
  readonly token: string;
  readonly admin: string;
  readonly user: string;
  /** May see one VM, files01, and have it backed up. */
  readonly backupUser: string;
  /** May also have it restored, and make VMs in its cluster; sees no others. */
  readonly ownerUser: string;
  /** All mail that the server sent. */
  readonly mails: string;
  readonly password: string;
  /** Of the server. */
  readonly pid: number;
}

export const SITE = 'lab';
const PATH = '/ovirt-engine-stillpoint/';
/** For ten thousand VMs in one answer. */
const LAB_MEMORY = { STILLPOINT_LAB_JAVA_OPTS: '-Xmx2g' };
const PATIENCE_MILLIS = 180_000;
const PROJECT = resolve(import.meta.dirname, '../..');
const SERVER = join(PROJECT, 'plugin-backend/server/target/stillpoint');
const LAB = join(PROJECT, 'hypervisor-adapters/lab/target/stillpoint-lab');

/**
 * Below those that the kernel gives to whoever asks for any port: until ours is taken, the lab and its callers are given
 * many.
 */
async function freePort(): Promise<number> {
  const port = randomInt(15_000, 32_000);
  const free = await new Promise<boolean>((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
  return free ? port : freePort();
}

/** Looks until something is there; what throws is not there yet. */
export async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    let why: unknown = 'nothing came';
    try {
      const found = await look();
      if (found !== undefined) {
        return found;
      }
    } catch (failure) {
      why = failure;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain for ${what}: ${String(why)}`);
    }
    await new Promise((go) => setTimeout(go, 100));
  }
}

/** Calls the server's API with its own token. */
export async function call(stand: Stand, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${stand.api}/${path}`, {
    method,
    headers: { Authorization: `Bearer ${stand.token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.status === 204 ? undefined : answer.json();
}

/**
 * Starts all of it; the function that comes back stops it and removes its files.
 *
 * @param fleet more options for the lab
 */
export async function start(...fleet: string[]): Promise<{ stand: Stand; stop: () => Promise<void> }> {
  const work = mkdtempSync(join(tmpdir(), 'stillpoint-journeys-'));
  const children: ChildProcess[] = [];
  const mails = join(work, 'mails');
  writeFileSync(mails, '');
  const mail = await mailSink(mails);
  const run = (name: string, program: string, args: string[]): ChildProcess => {
    const log = openSync(join(work, `${name}.log`), 'w');
    const child = spawn(program, args, { stdio: ['ignore', log, log], env: { ...process.env, ...LAB_MEMORY } });
    children.unshift(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    for (const child of children) {
      const ended = new Promise((done) => child.once('exit', done));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill();
        await ended;
      }
    }
    mail.stop();
    rmSync(work, { recursive: true, force: true });
  };
  try {
    return { stand: await begun(work, run, { mails, port: mail.port }, fleet), stop };
  } catch (failure) {
    const logs = ['lab', 'server', 'apache', 'apache-error'].map((name) => join(work, `${name}.log`)).filter((file) => existsSync(file));
    const text = logs.map((file) => `${file}:\n${readFileSync(file, 'utf8').slice(-4000)}`).join('\n');
    await stop();
    throw new Error(`the stand did not come up: ${String(failure)}\n${text}`, { cause: failure });
  }
}

type Run = (name: string, program: string, args: string[]) => ChildProcess;

async function begun(work: string, run: Run, mail: { mails: string; port: number }, fleet: string[]): Promise<Stand> {
  const port = await freePort();
  const ready = join(work, 'ready.json');
  const root = join(work, 'engine');
  mkdirSync(root);
  const backend = `http://127.0.0.1:${port}/`;
  execFileSync(join(SERVER, 'bin/stillpoint-ovirt-plugin'), ['--root', root, '--site', SITE, '--backend', backend], { stdio: 'pipe' });
  run('lab', join(LAB, 'bin/stillpoint-lab'), [
    ...['--port', '0', '--dir', join(work, 'lab'), '--fleet', 'small', '--times', 'demo', '--ready-file', ready],
    ...['--ui-plugins', join(root, 'usr/share/ovirt-engine/ui-plugins')],
    ...['--ui-plugins-config', join(root, 'etc/ovirt-engine/ui-plugins')],
    ...['--proxy', `${PATH}=${backend}`],
    ...fleet,
  ]);
  const lab = await until('the lab', () => (existsSync(ready) ? (JSON.parse(readFileSync(ready, 'utf8')) as Lab) : undefined));
  const origin = await front(work, run, new URL(lab.portalUrl).origin, root);
  const configuration = join(work, 'stillpoint.conf');
  writeFileSync(
    configuration,
    `http.port = ${port}
data.directory = data
repository.reserve = 2GiB
retention.holds-allowed = true
hypervisor.poll-interval = 200ms
mail.server = 127.0.0.1:${mail.port}
mail.security = none
mail.from = stillpoint@example.org
mail.to = admin@example.org, night-shift@example.org
`,
  );
  const server = run('server', join(SERVER, 'bin/stillpoint-server'), ['--config', configuration]);
  const tokenFile = join(work, 'data/api-token');
  const stand = await until('the server', async () => {
    const known = {
      portal: origin + new URL(lab.portalUrl).pathname,
      console: `${origin}${PATH}console/index.html`,
      api: `http://127.0.0.1:${port}/api/v1`,
      lab: lab.labUrl,
      token: readFileSync(tokenFile, 'utf8').trim(),
      admin: lab.user,
      user: lab.plainUser,
      backupUser: lab.backupUser,
      ownerUser: lab.ownerUser,
      mails: mail.mails,
      password: lab.password,
      pid: server.pid ?? 0,
    };
    await call(known, 'GET', 'status');
    return known;
  });
  const site = { name: SITE, kind: 'ovirt', url: lab.apiUrl, username: lab.user, password: lab.password };
  await call(stand, 'POST', 'sites', site);
  return stand;
}

/** Where browsers come in: at the web server of an engine's machine, or where there is none at the lab that plays it too. */
async function front(work: string, run: Run, engine: string, root: string): Promise<string> {
  const program = apache();
  if (!program) {
    console.warn('No Apache (STILLPOINT_APACHE): the lab itself passes calls on.');
    return engine;
  }
  const port = await freePort();
  run('apache', program, ['-f', apacheConfiguration(work, port, engine, root), '-DFOREGROUND']);
  return `http://127.0.0.1:${port}`;
}

interface Lab {
  readonly apiUrl: string;
  readonly portalUrl: string;
  readonly labUrl: string;
  readonly user: string;
  readonly plainUser: string;
  readonly backupUser: string;
  readonly ownerUser: string;
  readonly password: string;
}

/** The browser's program; none where it is not installed. */
export function chromium(): string | undefined {
  return [process.env['STILLPOINT_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (program) => program && existsSync(program),
  );
}
