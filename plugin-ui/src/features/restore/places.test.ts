import { expect, test } from 'vitest';
import type { PointLine } from '../../api/types';
import { places } from './places';

const at = (time: string) => ({ time }) as PointLine;

test('the oldest stands at the beginning, the newest at the end', () => {
  const shown = places([at('2026-11-21T00:00:00Z'), at('2026-11-20T06:00:00Z'), at('2026-11-20T00:00:00Z')]);
  expect(shown.map(({ percent }) => percent)).toEqual([100, 25, 0]);
});

test('a single point is the newest, and no points are no places', () => {
  expect(places([at('2026-11-21T00:00:00Z')]).map(({ percent }) => percent)).toEqual([100]);
  expect(places([])).toEqual([]);
});
