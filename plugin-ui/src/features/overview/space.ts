import type { Overview } from '../../api/types';

export interface Share {
  readonly name: 'needed' | 'reclaimable' | 'free';
  readonly bytes: number;
}

/** What the donut shows: together they are the reserve, or without one what the disk could give. */
export function shares(space: Overview['space']): Share[] {
  return [
    { name: 'needed', bytes: Math.max(0, space.usedBytes - space.reclaimableBytes) },
    { name: 'reclaimable', bytes: Math.min(space.usedBytes, space.reclaimableBytes) },
    { name: 'free', bytes: space.freeBytes },
  ];
}

/** Without blocks a chart would draw a hundred bars; what is left is one bar, and named so. */
export function largest(vms: Overview['largest'], count: number): Overview['largest'] {
  return vms.slice(0, count);
}
