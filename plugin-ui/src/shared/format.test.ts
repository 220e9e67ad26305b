import { expect, test } from 'vitest';
import { ago, bytes, clock, duration, percent, time, utc } from './format';

test('amounts have three digits and never four before the point', () => {
  expect([0, 999, 1000, 1_572_864, 1_022 * 1024 ** 3, 5.5 * 1024 ** 4].map((n) => bytes(n, 'en'))).toEqual([
    '0 B', '999 B', '0.98 KiB', '1.5 MiB', '1 TiB', '5.5 TiB',
  ]);
  expect(bytes(1_572_864, 'de')).toBe('1,5 MiB');
});

test('an amount that is rounded up keeps three digits', () => {
  expect(bytes(9.999 * 1024 ** 3, 'en')).toBe('10 GiB');
});

test('durations show the two largest units', () => {
  expect([0, 0.4, 45, 200, 3600, 7500, 90_000].map((seconds) => duration(seconds, 'en'))).toEqual([
    '0 s', '0.4 s', '45 s', '3 min 20 s', '1 h', '2 h 5 min', '1 d 1 h',
  ]);
});

test('a time is shown as the clocks of its zone show it', () => {
  expect(time('2026-03-29T01:30:00Z', 'en-GB', 'Europe/Berlin')).toContain('03:30');
  expect(clock('2026-11-21T23:05:00Z', 'en', 'Asia/Tokyo')).toBe('08:05');
  expect(utc('2026-11-21T05:30:12Z')).toBe('2026-11-21 05:30 UTC');
});

test('what was and what will be', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(ago('2026-11-21T11:55:00Z', now, 'en')).toBe('5 minutes ago');
  expect(ago('2026-11-23T12:00:00Z', now, 'en')).toBe('in 2 days');
});

test('a share is never above all of it', () => {
  expect([percent(5, 0), percent(1, 4), percent(9, 4)]).toEqual([0, 25, 100]);
});
