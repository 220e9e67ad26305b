import type { PointLine } from '../../api/types';

interface Place {
  readonly point: PointLine;
  /** From 0, the oldest, to 100, the newest. */
  readonly percent: number;
}

/** Where points stand on a line of time; points of one moment stand at one place. */
export function places(points: readonly PointLine[]): Place[] {
  const times = points.map((point) => Date.parse(point.time));
  const first = Math.min(...times);
  const span = Math.max(...times) - first;
  return points.map((point) => ({ point, percent: span === 0 ? 100 : (100 * (Date.parse(point.time) - first)) / span }));
}
