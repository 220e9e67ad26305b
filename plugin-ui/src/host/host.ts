/**
 * The console that Stillpoint is shown in: oVirt's administration portal, or nothing but a browser.
 * Everything the pages need of it, and nothing else; a further manager is one more implementation.
 */
export interface Host {
  readonly kind: 'ovirt' | 'standalone';

  /** The site whose manager knows the caller: its name or id at the backend. */
  site(): string;

  /** The caller's token, read anew at each call; undefined when there is none (any more). */
  token(): string | undefined;

  /** The backend knows the token no more. The host may have a new one, or asks for a sign-in. */
  tokenRefused(): void;

  /** The page of a path opens in the host's own place for it, where that is another one than this. */
  open(path: string): void;

  /** The VM whose tab this is; undefined where none is selected. */
  selectedVm(): string | undefined;

  /** A short word of what came of an action, where the host shows such words. */
  tell(kind: 'success' | 'info' | 'warning' | 'danger', text: string): void;

  /** A BCP 47 tag. */
  locale(): string;

  theme(): 'light' | 'dark';

  /** Told when token, theme, locale or the selected VM changed; returns what ends it. */
  onChange(listener: () => void): () => void;
}
