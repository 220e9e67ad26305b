import { expect, test } from 'vitest';
import type { Repository } from '../../api/types';
import { bytesOf, reserveLimits, sizeOf } from './size';

test('sizes are entered as people write them', () => {
  expect([bytesOf('1.5', 'GiB'), bytesOf(' 1,5 ', 'GiB'), bytesOf('0', 'MiB')]).toEqual([1_610_612_736, 1_610_612_736, 0]);
});

test('what is no size is none', () => {
  expect(['', ' ', 'much', '-1', '1e999'].map((text) => bytesOf(text, 'GiB'))).toEqual(Array(5).fill(undefined));
});

test('a size is shown in the unit that it was entered in', () => {
  expect(sizeOf(6 * 1024 ** 3)).toEqual({ amount: '6', unit: 'GiB' });
  expect(sizeOf(1024 ** 4)).toEqual({ amount: '1', unit: 'TiB' });
  expect(sizeOf(0)).toEqual({ amount: '0', unit: 'MiB' });
});

test('the reserve holds what is used and is held by the disk', () => {
  const repository = { usedBytes: 10, claimedBytes: 5, diskFreeBytes: 100 } as Repository;
  expect(reserveLimits(repository)).toEqual({ least: 10, most: 115 });
});
