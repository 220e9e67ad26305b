import type { Protection } from '../api/types';

type Rights = Protection['rights'];

/** Whether somebody may bring a VM back at all, over the old one or beside it. */
export function mayRestore(rights: Rights = []): boolean {
  return rights.includes('restore') || rights.includes('restore_as_new');
}
