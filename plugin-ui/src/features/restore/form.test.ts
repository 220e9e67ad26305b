import { expect, test } from 'vitest';
import type { Point } from '../../api/types';
import { networksOf, requestOf, startingForm, withNetwork } from './form';

const nic = (network: string) => ({ name: 'nic', model: 'virtio', mac: '', profile: 'p', network, linked: true, plugged: true, guestAddresses: [] });
const disks = [{ disk: 'd1' }, { disk: 'd2' }];
const point = { id: 'p1', vmName: 'web01', disks, settings: { nics: [nic('lan'), nic('lan'), nic('')] }, rights: ['restore_as_new'] } as unknown as Point;

test('the first proposal touches nothing that is there', () => {
  expect(requestOf(point, startingForm(point), true)).toEqual({
    point: 'p1', mode: 'new-vm', name: 'web01-restored', keepMacs: false, connectNics: false, permissions: false, dryRun: true,
  });
});

test('a restore in place sends nothing of a new VM', () => {
  const form = { ...startingForm(point), mode: 'in-place' as const, cluster: 'c', networks: { lan: 'dmz' }, keepOldDisks: true };
  expect(requestOf(point, form, false)).toEqual({ point: 'p1', mode: 'in-place', keepOldDisks: true, permissions: false, dryRun: false });
});

test('networks that stay are not sent, others are, also to nothing', () => {
  const moved = withNetwork(withNetwork({}, 'lan', 'dmz'), 'p', '');
  expect(requestOf(point, { ...startingForm(point), networks: moved }, false).networks).toEqual({ lan: 'dmz', p: '' });
  const back = withNetwork(withNetwork(moved, 'lan', undefined), 'p', undefined);
  expect(requestOf(point, { ...startingForm(point), networks: back }, false)).not.toHaveProperty('networks');
});

test('disks are named where not all are wanted; over the VM no rights go with them', () => {
  const form = { ...startingForm(point), disks: ['d2'], permissions: true };
  expect(requestOf(point, form, false)).toMatchObject({ disks: ['d2'], permissions: true });
  expect(requestOf(point, { ...form, mode: 'in-place' }, false)).toMatchObject({ disks: ['d2'], permissions: false });
  expect(requestOf(point, { ...form, disks: ['d2', 'd1'], mode: 'in-place' }, false)).not.toHaveProperty('disks');
});

test('each network is asked for once, by its profile where it has no name', () => {
  expect(networksOf(point)).toEqual(['lan', 'p']);
});
