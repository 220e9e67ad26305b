/** How amounts and times are shown. All pure: language and zone are given. */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** An amount in binary units with three digits: `1.46 GiB`. */
export function bytes(amount: number, language: string): string {
  let unit = 0;
  let value = amount;
  // 1000 and not 1024, so that no amount has four digits before the point.
  while (Math.abs(value) >= 1000 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  return `${number(value, language, digits)} ${UNITS[unit] ?? ''}`;
}

export function rate(bytesPerSecond: number, language: string): string {
  return `${bytes(bytesPerSecond, language)}/s`;
}

export function number(value: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`: the two largest units that matter. */
export function duration(seconds: number, language: string): string {
  if (seconds < 10 && seconds > 0) {
    return `${number(seconds, language, 1)} s`;
  }
  const whole = Math.round(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / 86400), 'd'],
    [Math.floor((whole % 86400) / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first < 0) {
    return '0 s';
  }
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ');
}

/** A day and a minute as the clocks of a zone show it. */
export function time(instant: string, language: string, zone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    new Date(instant),
  );
}

export function clock(instant: string, language: string, zone: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(
    new Date(instant),
  );
}

export function day(instant: string, language: string, zone: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: zone }).format(new Date(instant));
}

/** A date without a time or zone, such as `2026-11-21`. */
export function date(isoDate: string, language: string): string {
  return day(`${isoDate}T00:00:00Z`, language, 'UTC');
}

/** `Sat, 21 Nov` of a date without a time or zone. */
export function weekday(isoDate: string, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${isoDate}T00:00:00Z`),
  );
}

/** `2026-11-21 05:30 UTC`: the same in every language, to be compared with logs. */
export function utc(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `5 minutes ago`, `in 2 hours`. */
export function ago(instant: string, now: number, language: string): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) {
    return format.format(Math.round(seconds), 'second');
  }
  if (size < 3600) {
    return format.format(Math.round(seconds / 60), 'minute');
  }
  return size < 86400 ? format.format(Math.round(seconds / 3600), 'hour') : format.format(Math.round(seconds / 86400), 'day');
}

export function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(100, Math.max(0, (100 * part) / whole));
}
