import { expect, test } from 'vitest';
import type { WeekHour } from '../../api/types';
import { calendar, shade } from './calendar';

const HOUR = 3_600_000;

function hours(from: string, count: number, load = 0): WeekHour[] {
  return Array.from({ length: count }, (_, index) => ({
    begin: new Date(Date.parse(from) + index * HOUR).toISOString(), load, predictedSeconds: 0, starts: [],
  }));
}

test('a week that begins in the middle of a day touches eight days', () => {
  const days = calendar(hours('2026-11-21T17:00:00Z', 168), 'Europe/Berlin');
  expect(days.length).toBe(8);
  expect([days[0]?.date, days[0]?.hours[17]?.length, days[0]?.hours[18]?.length]).toEqual(['2026-11-21', 0, 1]);
});

test('where clocks are set back an hour is there twice, where forward one is not there', () => {
  expect(calendar(hours('2026-10-24T22:00:00Z', 25), 'Europe/Berlin')[0]?.hours[2]?.length).toBe(2);
  expect(calendar(hours('2026-03-28T23:00:00Z', 23), 'Europe/Berlin')[0]?.hours[2]?.length).toBe(0);
});

test('one start is seen, and a full hour is the darkest', () => {
  expect([shade(hours('2026-11-21T00:00:00Z', 1), 20), shade(hours('2026-11-21T00:00:00Z', 1, 1), 20), shade(hours('2026-11-21T00:00:00Z', 1, 20), 20)]).toEqual([0, 1, 4]);
});
