const STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
const MOST = 6;

/** Round amounts of bytes from nothing to the largest: at most six steps of 1, 2, 4, 8 … of one unit. */
export function ticks(largest: number): number[] {
  if (largest <= 0) {
    return [0];
  }
  for (let unit = 1; ; unit *= 1024) {
    const step = STEPS.map((count) => count * unit).find((bytes) => largest / bytes <= MOST);
    if (step !== undefined) {
      return Array.from({ length: Math.floor(largest / step) + 1 }, (_, index) => index * step);
    }
  }
}
