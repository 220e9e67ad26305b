import type { RunLine } from '../../api/types';

const DAY = 86_400_000;

/** The instant so many days before, to the minute, so that it is the same question for a while. */
export function daysAgo(days: number, now: number): string {
  return new Date(Math.floor((now - days * DAY) / 60_000) * 60_000).toISOString();
}

/** The latest first, whatever came of them. */
export function latest(lists: readonly (readonly RunLine[])[], count: number): RunLine[] {
  return lists.flat().sort((a, b) => Date.parse(b.created) - Date.parse(a.created)).slice(0, count);
}
