import { expect, test } from 'vitest';
import { ticks } from './ticks';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

test('ticks are round in the unit in which they are shown', () => {
  expect(ticks(1.2 * GIB)).toEqual([0, 256, 512, 768, 1024].map((mib) => mib * MIB));
  expect(ticks(11 * GIB)).toEqual([0, 2, 4, 6, 8, 10].map((gib) => gib * GIB));
});

test('nothing has one tick, and a single byte has an end', () => {
  expect(ticks(0)).toEqual([0]);
  expect(ticks(1)).toEqual([0, 1]);
});

test('there are never more than seven', () => {
  for (let bytes = 1; bytes < 2 ** 50; bytes *= 1.7) {
    expect(ticks(bytes).length).toBeLessThanOrEqual(7);
  }
});
