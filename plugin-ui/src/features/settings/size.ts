import type { Repository } from '../../api/types';

export const UNITS = { MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 } as const;
export type Unit = keyof typeof UNITS;

/** An amount and a unit as bytes; undefined where that is no size. A comma is a point. */
export function bytesOf(amount: string, unit: Unit): number | undefined {
  const value = Number(amount.trim().replace(',', '.'));
  return amount.trim() !== '' && Number.isFinite(value) && value >= 0 ? Math.round(value * UNITS[unit]) : undefined;
}

/** The largest unit in which it is at least one. */
export function sizeOf(bytes: number): { amount: string; unit: Unit } {
  const unit = bytes >= UNITS.TiB ? 'TiB' : bytes >= UNITS.GiB ? 'GiB' : 'MiB';
  return { amount: String(Math.round((1000 * bytes) / UNITS[unit]) / 1000), unit };
}

/** Between which sizes the reserve may be: what is used must fit in, and the disk must have it. */
export function reserveLimits({ usedBytes, claimedBytes, diskFreeBytes }: Repository): { least: number; most: number } {
  return { least: usedBytes, most: usedBytes + claimedBytes + diskFreeBytes };
}
