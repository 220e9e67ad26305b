import { call, SITE, type Stand, until } from './stand';

/** What the server says of a run; of its many fields those that the journeys look at. */
export interface Run {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly vms: readonly {
    readonly vm: string;
    readonly vmName: string;
    readonly state: string;
    readonly problem?: { readonly detail: string; readonly remedy: string };
    readonly point?: string;
    readonly snapshot?: string;
    readonly disks: readonly { readonly disk: string; readonly name: string; readonly restoredTo?: string }[];
  }[];
}

interface Items<T> {
  readonly items: readonly T[];
}

const OVER = ['succeeded', 'warning', 'failed', 'cancelled'];

/** All runs, the newest first. */
export async function runs(stand: Stand): Promise<readonly { id: string; kind: string; state: string }[]> {
  return ((await call(stand, 'GET', 'runs?limit=200')) as Items<{ id: string; kind: string; state: string }>).items;
}

export async function ended(stand: Stand, id: string): Promise<Run> {
  return until(`the end of run ${id}`, async () => {
    const run = (await call(stand, 'GET', `runs/${id}`)) as Run;
    return OVER.includes(run.state) ? run : undefined;
  });
}

/** A backup that is made without the console. */
export async function backup(stand: Stand, ...vms: string[]): Promise<Run> {
  const run = (await call(stand, 'POST', 'runs', { site: SITE, vms })) as Run;
  const done = await ended(stand, run.id);
  if (done.state !== 'succeeded') {
    throw new Error(`the backup of ${vms.join(', ')} ended as ${JSON.stringify(done)}`);
  }
  return done;
}

export async function vmId(stand: Stand, name: string): Promise<string> {
  const vms = (await call(stand, 'GET', `sites/${SITE}/vms`)) as Items<{ id: string; name: string }>;
  const found = vms.items.find((vm) => vm.name === name);
  if (!found) {
    throw new Error(`the lab has no VM ${name}`);
  }
  return found.id;
}
