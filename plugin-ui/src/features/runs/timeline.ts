import type { Run } from '../../api/types';

export interface Bar {
  readonly vm: string;
  readonly reason: string;
  readonly batch: number;
  /** Seconds after the first snapshot of the run. */
  readonly start: number;
  /** How long it stood under its snapshot. */
  readonly held: number;
  /** How much of that, its last part, it was read. */
  readonly read: number;
  readonly loadSeconds: number;
}

/**
 * Who stood under a snapshot from when to when, in the order of reading. A VM of which the snapshot's time is not
 * known, as it failed, has no bar.
 */
export function timeline(run: Run): { bars: Bar[]; seconds: number } {
  const began = new Map(run.vms.map((vm) => [vm.vm ?? vm.vmName, vm.snapshotTime]));
  const members = (run.group?.vms ?? []).flatMap((member) => {
    const at = began.get(member.vm ?? member.vmName);
    return at === undefined ? [] : [{ member, at: Date.parse(at) / 1000 }];
  });
  const first = Math.min(...members.map(({ at }) => at));
  const bars = members.map(({ member, at }) => ({
    vm: member.vmName,
    reason: member.reason,
    batch: member.batch,
    start: at - first,
    held: member.snapshotSeconds,
    read: Math.min(member.readSeconds, member.snapshotSeconds),
    loadSeconds: member.loadSeconds,
  }));
  return { bars, seconds: Math.max(0, ...bars.map(({ start, held }) => start + held)) };
}

/** What the order saved against first in, first out: 0.25 is a quarter; below 0 it cost. */
export function saved(cost: number, fifo: number): number {
  return fifo <= 0 ? 0 : (fifo - cost) / fifo;
}
