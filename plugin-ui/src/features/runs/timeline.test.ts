import { expect, test } from 'vitest';
import type { Run } from '../../api/types';
import { saved, timeline } from './timeline';

const cost = { snapshotSeconds: 0, loadSeconds: 0 };
const member = (vmName: string, snapshotSeconds: number, readSeconds: number) => ({
  vm: vmName, vmName, batch: 1, snapshotSeconds, readSeconds, bytesPerSecond: 0, loadSeconds: 0, reason: '',
});
const task = (vm: string, snapshotTime?: string) => ({
  vm, vmName: vm, state: 'succeeded' as const, notes: [], disks: [], ...(snapshotTime === undefined ? {} : { snapshotTime }),
});

function run(vms: Run['vms'], members: ReturnType<typeof member>[]): Run {
  return {
    id: 'r', kind: 'backup', site: 's', state: 'succeeded', created: '2026-11-21T05:00:00Z', vms, cancelling: false,
    group: { order: 'fifo', by: 'vm', collective: 'sum', readers: 1, batchSize: 0, batches: [], vms: members, cost, fifoCost: cost },
  } as Run;
}

test('bars begin at the first snapshot and keep the order of reading', () => {
  const shown = timeline(
    run([task('a', '2026-11-21T05:00:10Z'), task('b', '2026-11-21T05:00:08Z')], [member('a', 5, 5), member('b', 20, 12)]),
  );
  expect(shown.bars.map(({ vm, start, held, read }) => [vm, start, held, read])).toEqual([['a', 2, 5, 5], ['b', 0, 20, 12]]);
  expect(shown.seconds).toBe(20);
});

test('a VM without a snapshot has no bar, and nothing is drawn without a report', () => {
  expect(timeline(run([task('a')], [member('a', 5, 5)])).bars).toEqual([]);
  expect(timeline({ ...run([], []), group: undefined } as unknown as Run)).toEqual({ bars: [], seconds: 0 });
});

test('reading never takes longer than the snapshot stood', () => {
  expect(timeline(run([task('a', '2026-11-21T05:00:00Z')], [member('a', 5, 7)])).bars[0]?.read).toBe(5);
});

test('what an order saved', () => {
  expect([saved(75, 100), saved(110, 100), saved(5, 0)]).toEqual([0.25, -0.1, 0]);
});
