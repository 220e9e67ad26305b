/**
 * A path that a place of ours shall open at, once. The portal can reveal a place but not say where in
 * it; its iframe keeps its own address. Portal and pages are of one origin and share the tab's storage.
 */
interface Errand {
  readonly place: string;
  readonly path: string;
  readonly time: number;
}

const KEY = 'stillpoint.errand';
/** A place that did not come in this time is not waited for: the user went elsewhere. */
const PATIENCE_MILLIS = 60_000;

export function leaveErrand(storage: Storage, place: string, path: string, now: number): void {
  const errand: Errand = { place, path, time: now };
  storage.setItem(KEY, JSON.stringify(errand));
}

/** The path left for a place; it is gone afterwards. */
export function takeErrand(storage: Storage, place: string, now: number): string | undefined {
  const errand = parsed(storage.getItem(KEY));
  if (errand?.place !== place) {
    return undefined;
  }
  storage.removeItem(KEY);
  return now - errand.time <= PATIENCE_MILLIS ? errand.path : undefined;
}

function parsed(text: string | null): Errand | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isErrand(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isErrand(value: unknown): value is Errand {
  const errand = value as Partial<Errand> | null;
  return (
    typeof errand?.place === 'string' && typeof errand.path === 'string' && errand.path.startsWith('/') &&
    typeof errand.time === 'number'
  );
}
