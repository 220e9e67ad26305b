import { expect, test } from 'vitest';
import type { Point } from '../../api/types';
import { networksOf, requestOf, startingForm } from './form';

const nic = (network: string) => ({ name: 'nic', model: 'virtio', mac: '', profile: 'p', network, linked: true, plugged: true, guestAddresses: [] });
const point = { id: 'p1', vmName: 'web01', settings: { nics: [nic('lan'), nic('lan'), nic('')] } } as unknown as Point;

test('the first proposal touches nothing that is there', () => {
  expect(requestOf('p1', startingForm(point), true)).toEqual({
    point: 'p1', mode: 'new-vm', name: 'web01-restored', keepMacs: false, connectNics: false, permissions: false, dryRun: true,
  });
});

test('a restore in place sends nothing of a new VM', () => {
  const form = { ...startingForm(point), mode: 'in-place' as const, cluster: 'c', networks: { lan: 'dmz' }, keepOldDisks: true };
  expect(requestOf('p1', form, false)).toEqual({ point: 'p1', mode: 'in-place', keepOldDisks: true, permissions: false, dryRun: false });
});

test('networks that stay are not sent, others are', () => {
  const form = { ...startingForm(point), networks: { lan: 'dmz', p: '' } };
  expect(requestOf('p1', form, false).networks).toEqual({ lan: 'dmz' });
});

test('each network is asked for once, by its profile where it has no name', () => {
  expect(networksOf(point)).toEqual(['lan', 'p']);
});
