import type { Point, RestoreRequest } from '../../api/types';
import { mayRestoreAs, type RestoreMode } from '../../shared/rights';

/** What the user chose; texts that are empty are not chosen. */
export interface RestoreForm {
  readonly mode: RestoreMode;
  /** The ids of those that are wanted. */
  readonly disks: readonly string[];
  readonly name: string;
  readonly cluster: string;
  readonly storage: string;
  readonly keepMacs: boolean;
  readonly connectNics: boolean;
  readonly keepOldDisks: boolean;
  readonly permissions: boolean;
  /** For a network that the VM had: the one it shall have, empty for none. One that is not named stays as it was. */
  readonly networks: Readonly<Record<string, string>>;
}

/** What every step of the wizard is given. */
export interface StepProps {
  readonly form: RestoreForm;
  readonly change: (part: Partial<RestoreForm>) => void;
  readonly point: Point;
}

/** As a new VM where he may, as that touches nothing that is there: no card connected, new addresses. */
export function startingForm(point: Point): RestoreForm {
  return {
    mode: mayRestoreAs('new-vm', point.rights) ? 'new-vm' : 'in-place',
    disks: point.disks.map(({ disk }) => disk),
    name: `${point.vmName}-restored`,
    cluster: '',
    storage: '',
    keepMacs: false,
    connectNics: false,
    keepOldDisks: false,
    permissions: false,
    networks: {},
  };
}

/** Not all disks are wanted: over the VM nothing else of it is touched then. */
export function someOnly(point: Point, form: RestoreForm): boolean {
  return form.disks.length < point.disks.length;
}

/** What is sent: only what has a meaning for the kind of restore. */
export function requestOf(point: Point, form: RestoreForm, dryRun: boolean): RestoreRequest {
  const some = someOnly(point, form);
  const what = { point: point.id, ...(some ? { disks: [...form.disks] } : {}) };
  if (form.mode === 'in-place') {
    return { ...what, mode: 'in-place', keepOldDisks: form.keepOldDisks, permissions: form.permissions && !some, dryRun };
  }
  return {
    ...what,
    mode: 'new-vm',
    name: form.name.trim(),
    ...(form.cluster === '' ? {} : { cluster: form.cluster }),
    ...(form.storage === '' ? {} : { storage: form.storage }),
    ...(Object.keys(form.networks).length === 0 ? {} : { networks: form.networks }),
    keepMacs: form.keepMacs,
    connectNics: form.connectNics,
    permissions: form.permissions,
    dryRun,
  };
}

/** The networks that the VM's cards were on, each once. */
export function networksOf(point: Point): string[] {
  return [...new Set((point.settings?.nics ?? []).map(({ network, profile }) => network || profile).filter((name) => name !== ''))];
}

/** The choices of networks with another one for a network that there was; undefined: as it was. */
export function withNetwork(networks: RestoreForm['networks'], old: string, to: string | undefined): RestoreForm['networks'] {
  const others = Object.entries(networks).filter(([name]) => name !== old);
  return Object.fromEntries(to === undefined ? others : [...others, [old, to]]);
}
