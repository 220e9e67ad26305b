import type { Host } from '../host';

/** Who signed in where. */
export interface SignedIn {
  readonly site: string;
  readonly user: string;
  readonly token: string;
}

const KEY = 'stillpoint.session';

/** Nothing but a browser: the console's own sign-in, kept for as long as the tab is open. */
export class StandaloneHost implements Host {
  readonly kind = 'standalone';
  readonly #listeners = new Set<() => void>();
  readonly #dark = window.matchMedia('(prefers-color-scheme: dark)');
  #session: SignedIn | undefined;
  #expired = false;

  constructor(private readonly storage: Storage) {
    this.#session = read(storage);
    this.#dark.addEventListener('change', () => this.#changed());
  }

  get user(): string | undefined {
    return this.#session?.user;
  }

  /** Whether the last session ended because the server knew its token no more. */
  get expired(): boolean {
    return this.#expired;
  }

  site(): string {
    return this.#session?.site ?? '';
  }

  token(): string | undefined {
    return this.#session?.token;
  }

  tokenRefused(): void {
    this.#expired = this.#session !== undefined;
    this.#end();
  }

  signedIn(session: SignedIn): void {
    this.#session = session;
    this.#expired = false;
    this.storage.setItem(KEY, JSON.stringify(session));
    this.#changed();
  }

  signedOut(): void {
    this.#expired = false;
    this.#end();
  }

  open(): void {
    // A browser has one place for all pages.
  }

  selectedVm(): string | undefined {
    return undefined;
  }

  tell(): void {
    // A browser has no place for such words; the page shows them itself.
  }

  locale(): string {
    return navigator.language;
  }

  theme(): 'light' | 'dark' {
    return this.#dark.matches ? 'dark' : 'light';
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #end(): void {
    this.#session = undefined;
    this.storage.removeItem(KEY);
    this.#changed();
  }

  #changed(): void {
    this.#listeners.forEach((listener) => listener());
  }
}

function read(storage: Storage): SignedIn | undefined {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    return isSignedIn(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isSignedIn(kept: unknown): kept is SignedIn {
  return (
    typeof kept === 'object' && kept !== null && 'site' in kept && 'user' in kept && 'token' in kept && typeof kept.token === 'string'
  );
}
