import type { Host } from '../host';
import { configFrom } from './config';
import { leaveErrand, takeErrand } from './errand';
import { placeFor, VM_PLACE } from './places';
import { PLUGIN, type PluginApi, type PortalWindow } from './pluginApi';
import { say } from './say';

/** The window around a page as far as the host needs it. */
interface PageWindow {
  readonly location: { hash: string };
  readonly sessionStorage: Storage;
  readonly navigator: { readonly language: string };
  addEventListener(event: 'hashchange', listener: () => void): void;
  removeEventListener(event: 'hashchange', listener: () => void): void;
}

/** A place of oVirt's administration portal, in an iframe of which the page stands. */
export class OvirtHost implements Host {
  readonly kind = 'ovirt';
  readonly #listeners = new Set<() => void>();
  readonly #place: string | undefined;
  #refused: string | undefined;

  constructor(
    private readonly page: PageWindow,
    private readonly portal: PortalWindow & { readonly location: { reload(): void } },
  ) {
    const path = pathOf(page);
    this.#place = /^\/vm(\/|$)/.test(path) ? VM_PLACE : placeFor(path);
    const errand = this.#place && takeErrand(page.sessionStorage, this.#place, Date.now());
    if (errand) {
      page.location.hash = errand;
    }
  }

  site(): string {
    return configFrom(this.#api()?.configObject()).site;
  }

  /** Of a plug-in that was removed, and of a session that has ended, there is none. */
  token(): string | undefined {
    const token = this.#api()?.ssoToken();
    return token && token !== this.#refused ? token : undefined;
  }

  tokenRefused(): void {
    this.#refused = this.#api()?.ssoToken();
    this.#listeners.forEach((listener) => listener());
  }

  /** What helps when there is no token: the portal asks for a sign-in, or has a new one. */
  reload(): void {
    this.portal.location.reload();
  }

  open(path: string): void {
    const place = placeFor(path);
    if (place !== undefined && place !== this.#place) {
      leaveErrand(this.page.sessionStorage, place, path, Date.now());
      this.#api()?.revealPlace(place);
    }
  }

  selectedVm(): string | undefined {
    const vm = /^\/vm\/([^/?]+)/.exec(pathOf(this.page))?.[1];
    return vm && decodeURIComponent(vm);
  }

  tell(kind: 'success' | 'info' | 'warning' | 'danger', text: string): void {
    const api = this.#api();
    if (api) {
      say(api, kind, text);
    }
  }

  locale(): string {
    return this.#api()?.currentLocale() ?? this.page.navigator.language;
  }

  /** The portal knows no other. */
  theme(): 'light' {
    return 'light';
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.page.addEventListener('hashchange', listener);
    return () => {
      this.#listeners.delete(listener);
      this.page.removeEventListener('hashchange', listener);
    };
  }

  #api(): PluginApi | undefined {
    return this.portal.pluginApi?.(PLUGIN);
  }
}

function pathOf(page: PageWindow): string {
  return page.location.hash.slice(1);
}

/** The portal gives its iframes no name for screen readers to say. */
export function nameFrame({ frameElement, document }: Pick<Window, 'frameElement' | 'document'>): void {
  if (frameElement && !frameElement.hasAttribute('title')) {
    frameElement.setAttribute('title', document.title);
  }
}

/** An open menu of the portal closes at a click beside it; of clicks in a frame the portal hears nothing. */
export function passClicks(page: Pick<Window, 'addEventListener'>, portal: Pick<Window, 'document'>): void {
  page.addEventListener('pointerdown', () => portal.document.body.click(), { capture: true });
}

/** The portal above a page, where that is one. */
export function portalAbove(page: Window): (Window & PortalWindow) | undefined {
  try {
    const top = page.top as (Window & PortalWindow) | null;
    return top && top !== page && typeof top.pluginApi === 'function' ? top : undefined;
  } catch {
    // Of another origin: whatever it is, it is not the portal.
    return undefined;
  }
}
