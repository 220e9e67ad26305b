import type { Point, RestoreRequest } from '../../api/types';

/** What the user chose; texts that are empty are not chosen. */
export interface RestoreForm {
  readonly mode: 'in-place' | 'new-vm';
  readonly name: string;
  readonly cluster: string;
  readonly storage: string;
  readonly keepMacs: boolean;
  readonly connectNics: boolean;
  readonly keepOldDisks: boolean;
  readonly permissions: boolean;
  /** For a network that the VM had: the one it shall have; empty for the same. */
  readonly networks: Readonly<Record<string, string>>;
}

/** As a new VM, as that touches nothing that is there: no card connected, new addresses. */
export function startingForm(point: Point): RestoreForm {
  return {
    mode: 'new-vm',
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

/** What is sent: only what has a meaning for the kind of restore. */
export function requestOf(point: string, form: RestoreForm, dryRun: boolean): RestoreRequest {
  if (form.mode === 'in-place') {
    return { point, mode: 'in-place', keepOldDisks: form.keepOldDisks, permissions: form.permissions, dryRun };
  }
  const networks = Object.fromEntries(Object.entries(form.networks).filter(([, to]) => to !== ''));
  return {
    point,
    mode: 'new-vm',
    name: form.name.trim(),
    ...(form.cluster === '' ? {} : { cluster: form.cluster }),
    ...(form.storage === '' ? {} : { storage: form.storage }),
    ...(Object.keys(networks).length === 0 ? {} : { networks }),
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
