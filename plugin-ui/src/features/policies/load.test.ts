import { expect, test } from 'vitest';
import type { Start, Week } from '../../api/types';
import { loadsOf } from './load';

test('starts find their slots however their instants are written, those beyond the week are left out', () => {
  const hour = (begin: string, load: number) => ({ begin, load, predictedSeconds: 0, starts: [] });
  const week: Week = { capacity: 20, items: [hour('2026-11-21T22:00:00Z', 3), hour('2026-11-22T22:00:00Z', 5)] };
  const starts = ['2026-11-21T22:00:00.000Z', '2026-11-22T22:00:00Z', '2026-12-21T22:00:00Z'].map((begin) => ({ begin }) as Start);
  expect(loadsOf(starts, week)).toEqual([3, 5]);
});
