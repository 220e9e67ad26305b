import type { Point, RestorePlan, Targets } from '../../api/types';
import type { RestoreForm } from './form';

type Storage = Targets['storages'][number];

/** The storages on which disks of the new VM can be: of those that can be used, those that its cluster reaches. */
export function storagesFor(targets: Targets, point: Point, cluster: string): Storage[] {
  const id = cluster === '' ? point.settings?.cluster.id : cluster;
  const known = targets.clusters.some((one) => one.id === id);
  return targets.storages.filter(({ usable, clusters }) => usable && (!known || clusters.some((one) => one === id)));
}

/** A storage that has not enough left, and by how much it is asked. */
interface Shortage {
  readonly storage: Storage;
  readonly needs: number;
}

/**
 * Where the wanted disks would not fit; all of them onto one storage, or, where none is named, each onto its own.
 *
 * @param plan of a restore of all disks as they were: what each takes
 */
export function shortages(targets: Targets, plan: RestorePlan, form: RestoreForm, storage: string): Shortage[] {
  const wanted = plan.disks.filter(({ disk }) => form.disks.includes(disk));
  return targets.storages
    .map((one) => ({
      storage: one,
      needs: wanted.filter((disk) => (storage === '' ? disk.storage === one.name : storage === one.id)).reduce((sum, disk) => sum + disk.bytesTaken, 0),
    }))
    .filter(({ storage: { bytesAvailable }, needs }) => needs > bytesAvailable);
}
