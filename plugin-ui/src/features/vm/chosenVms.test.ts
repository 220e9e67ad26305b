import { expect, test } from 'vitest';
import type { Protection } from '../../api/types';
import { chosenVms } from './chosenVms';

const vm = (name: string, state: Protection['state'], points: number): Protection => ({
  vm: name, name, state, reason: '', reasons: [], rights: [], policies: [], figures: { points, bytesUnique: 0, bytesShared: 0, bytesReclaimable: 0 },
});
const vms = [vm('web10', 'protected', 3), vm('web2', 'unprotected', 0), vm('数据库', 'protected', 3)];
const names = (wanted: Partial<{ name: string; state: string; sort: string }>) =>
  chosenVms(vms, { name: '', state: '', sort: 'name', ...wanted }).map(({ name }) => name);

test('names with numbers stand as people count', () => {
  expect(names({}).slice(0, 2)).toEqual(['web2', 'web10']);
});

test('filters by state and by a part of the name in any script', () => {
  expect(names({ state: 'unprotected' })).toEqual(['web2']);
  expect(names({ name: '数' })).toEqual(['数据库']);
  expect(names({ name: 'WEB1' })).toEqual(['web10']);
});

test('orders by figures, the largest first with a minus', () => {
  expect(names({ sort: 'points' })[0]).toBe('web2');
  expect(names({ sort: '-points' }).at(-1)).toBe('web2');
});

test('an order nobody knows is by name', () => {
  expect(names({ sort: 'colour' }).slice(0, 2)).toEqual(['web2', 'web10']);
});
