import type { Protection } from '../api/types';

type Rights = Protection['rights'];

export type RestoreMode = 'new-vm' | 'in-place';

/** Whether he may bring a VM back in that way. */
export function mayRestoreAs(mode: RestoreMode, rights: Rights = []): boolean {
  return rights.includes(mode === 'new-vm' ? 'restore_as_new' : 'restore');
}

/** Whether somebody may bring a VM back at all, over the old one or beside it. */
export function mayRestore(rights: Rights = []): boolean {
  return mayRestoreAs('new-vm', rights) || mayRestoreAs('in-place', rights);
}
