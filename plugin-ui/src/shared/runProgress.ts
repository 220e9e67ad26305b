import type { Run } from '../api/types';

interface Progress {
  readonly done: number;
  readonly total: number;
  /** VMs of which it is not known yet what is to be read. */
  readonly waiting: number;
  /** Since it began; absent while nothing was moved. */
  readonly bytesPerSecond?: number;
  /** For what is known to be left; absent while that cannot be told. */
  readonly secondsLeft?: number;
}

/** How far a run is, by bytes. */
export function progressOf(run: Run, now: number): Progress {
  const disks = run.vms.flatMap((vm) => vm.disks);
  const done = disks.reduce((sum, disk) => sum + disk.bytesDone, 0);
  const total = Math.max(done, disks.reduce((sum, disk) => sum + disk.bytesTotal, 0));
  const waiting = run.vms.filter((vm) => vm.state === 'waiting').length;
  const seconds = run.started === undefined ? 0 : (now - Date.parse(run.started)) / 1000;
  if (done === 0 || seconds <= 0) {
    return { done, total, waiting };
  }
  const bytesPerSecond = done / seconds;
  return waiting > 0
    ? { done, total, waiting, bytesPerSecond }
    : { done, total, waiting, bytesPerSecond, secondsLeft: (total - done) / bytesPerSecond };
}
