import type { WeekHour } from '../../api/types';

export interface Day {
  /** As `2026-11-21`, by the clocks of the zone. */
  readonly date: string;
  /** By hour of those clocks; where they are set back an hour is there twice, where forward one is empty. */
  readonly hours: readonly (readonly WeekHour[])[];
}

const HOURS = 24;

/** A week of slots as a calendar shows it. */
export function calendar(slots: readonly WeekHour[], zone: string): Day[] {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23',
  });
  const days = new Map<string, WeekHour[][]>();
  for (const slot of slots) {
    const parts = Object.fromEntries(format.formatToParts(new Date(slot.begin)).map(({ type, value }) => [type, value]));
    const date = `${parts['year'] ?? ''}-${parts['month'] ?? ''}-${parts['day'] ?? ''}`;
    const hours = days.get(date) ?? Array.from({ length: HOURS }, () => []);
    hours[Number(parts['hour'])]?.push(slot);
    days.set(date, hours);
  }
  return [...days].map(([date, hours]) => ({ date, hours }));
}

/** How full an hour is, from 0 to 4: for its shade. */
export function shade(slots: readonly WeekHour[], capacity: number): number {
  const load = Math.max(0, ...slots.map((slot) => slot.load));
  return load === 0 ? 0 : Math.min(4, Math.ceil((4 * load) / capacity));
}
