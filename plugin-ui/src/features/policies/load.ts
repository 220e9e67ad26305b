import type { Start, Week } from '../../api/types';

/** How many policies start already in the slots of these starts, as far as the week is known. */
export function loadsOf(starts: readonly Start[], week: Week): number[] {
  const loads = new Map(week.items.map(({ begin, load }) => [Date.parse(begin), load]));
  return starts.flatMap(({ begin }) => loads.get(Date.parse(begin)) ?? []);
}
