// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { leaveErrand } from './errand';
import { nameFrame, OvirtHost, passClicks, portalAbove } from './OvirtHost';

class Page {
  readonly location = { hash: '' };
  readonly sessionStorage = window.sessionStorage;
  readonly navigator = { language: 'fr-FR' };
  readonly listeners = new Set<() => void>();

  addEventListener(_: string, listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_: string, listener: () => void): void {
    this.listeners.delete(listener);
  }
}

const api = {
  configObject: vi.fn<() => unknown>(),
  ssoToken: vi.fn<() => string | undefined>(),
  currentLocale: vi.fn<() => string | undefined>(),
  showToast: vi.fn(),
  showAlert: vi.fn(),
  revealPlace: vi.fn(),
};
const reload = vi.fn();
const portal = { pluginApi: () => api, location: { reload } } as unknown as ConstructorParameters<typeof OvirtHost>[1];

const hostAt = (hash: string): { page: Page; host: OvirtHost } => {
  const page = new Page();
  page.location.hash = hash;
  return { page, host: new OvirtHost(page, portal) };
};

beforeEach(() => {
  vi.resetAllMocks();
  window.sessionStorage.clear();
  api.ssoToken.mockReturnValue('token-1');
});

describe('the token', () => {
  it('is read anew at each call', () => {
    const { host } = hostAt('#/overview');
    expect(host.token()).toBe('token-1');
    api.ssoToken.mockReturnValue('token-2');
    expect(host.token()).toBe('token-2');
  });

  it.each([undefined, ''])('%j of a removed plug-in is none', (token) => {
    api.ssoToken.mockReturnValue(token);
    expect(hostAt('#/overview').host.token()).toBeUndefined();
  });

  it('that was refused is none until the portal has another', () => {
    const { host } = hostAt('#/overview');
    const told = vi.fn();
    host.onChange(told);
    host.tokenRefused();
    expect(told).toHaveBeenCalledOnce();
    expect(host.token()).toBeUndefined();
    api.ssoToken.mockReturnValue('token-2');
    expect(host.token()).toBe('token-2');
  });

  it('comes back with a reload of the whole portal', () => {
    hostAt('#/overview').host.reload();
    expect(reload).toHaveBeenCalledOnce();
  });
});

describe('open', () => {
  it('stays in the place that shows such pages', () => {
    const { page, host } = hostAt('#/runs');
    host.open('/runs/r1');
    expect(page.location.hash).toBe('#/runs');
    expect(api.revealPlace).not.toHaveBeenCalled();
  });

  it('goes to another place of ours, which opens at the path once', () => {
    hostAt('#/vm/id-1').host.open('/runs/r1');
    expect(api.revealPlace).toHaveBeenCalledWith('stillpoint-runs');
    expect(hostAt('#/runs').page.location.hash).toBe('/runs/r1');
    expect(hostAt('#/runs').page.location.hash).toBe('#/runs');
  });

  it('shows what has no place of its own where it is', () => {
    const { page, host } = hostAt('#/vm/id-1');
    host.open('/restore?vm=id-1');
    expect(page.location.hash).toBe('#/vm/id-1');
    expect(api.revealPlace).not.toHaveBeenCalled();
  });
});

describe('an errand', () => {
  it('for another place is left to it', () => {
    leaveErrand(window.sessionStorage, 'stillpoint-backups', '/restore?vm=1', Date.now());
    expect(hostAt('#/overview').page.location.hash).toBe('#/overview');
    expect(hostAt('#/backups').page.location.hash).toBe('/restore?vm=1');
  });

  it('from long ago is forgotten', () => {
    leaveErrand(window.sessionStorage, 'stillpoint-backups', '/restore?vm=1', Date.now() - 3_600_000);
    expect(hostAt('#/backups').page.location.hash).toBe('#/backups');
  });

  it.each(['{', 'null', '7', '{"place":"stillpoint-backups"}', '{"place":"stillpoint-backups","path":"javascript:1","time":1}'])(
    'of %s is none',
    (text) => {
      window.sessionStorage.setItem('stillpoint.errand', text);
      expect(hostAt('#/backups').page.location.hash).toBe('#/backups');
    },
  );
});

describe('the rest', () => {
  it('the VM is the address’s, and there may be none', () => {
    expect(hostAt('#/vm/a%20b').host.selectedVm()).toBe('a b');
    expect(hostAt('#/vm').host.selectedVm()).toBeUndefined();
    expect(hostAt('#/overview').host.selectedVm()).toBeUndefined();
  });

  it('a selection in the portal changes the address, which is told', () => {
    const { page, host } = hostAt('#/vm/1');
    const told = vi.fn();
    const end = host.onChange(told);
    page.location.hash = '#/vm/2';
    page.listeners.forEach((listener) => listener());
    expect(told).toHaveBeenCalledOnce();
    expect(host.selectedVm()).toBe('2');
    end();
    expect(page.listeners.size).toBe(0);
  });

  it('words go to the portal, its language is ours, its look is light', () => {
    const { host } = hostAt('#/overview');
    host.tell('success', 'x');
    expect(api.showToast).toHaveBeenCalledWith('success', 'x');
    host.tell('danger', 'y');
    expect(api.showAlert).toHaveBeenCalledWith('danger', 'y', {});
    expect(api.showToast).toHaveBeenCalledOnce();
    api.currentLocale.mockReturnValue('de-DE');
    expect(host.locale()).toBe('de-DE');
    api.currentLocale.mockReturnValue(undefined);
    expect(host.locale()).toBe('fr-FR');
    expect(host.theme()).toBe('light');
  });

  it('a long word of what went wrong is a toast too: the portal cuts its alerts off', () => {
    const text = 'It is not known what became of it. '.repeat(4);
    hostAt('#/overview').host.tell('warning', text);
    expect(api.showAlert).toHaveBeenCalledWith('warning', text, {});
    expect(api.showToast).toHaveBeenCalledWith('warning', text);
  });

  it('the frame of a page is named unless it has a name', () => {
    const frame = document.createElement('iframe');
    const page = { frameElement: frame, document: { title: 'Stillpoint' } as Document };
    nameFrame(page);
    expect(frame.title).toBe('Stillpoint');
    frame.title = 'Runs';
    nameFrame(page);
    expect(frame.title).toBe('Runs');
    expect(() => nameFrame({ ...page, frameElement: null })).not.toThrow();
  });

  it('a click in a page is one beside the portal’s menus, which close', () => {
    const page = new EventTarget();
    const menus = vi.fn();
    const above = document.implementation.createHTMLDocument();
    above.addEventListener('click', menus);
    passClicks(page as Window, { document: above });
    page.dispatchEvent(new Event('pointerdown'));
    expect(menus).toHaveBeenCalledOnce();
  });

  it('the site is the plug-in’s configuration', () => {
    api.configObject.mockReturnValue({ site: 'north' });
    expect(hostAt('#/overview').host.site()).toBe('north');
  });

  it('a page alone, or in a frame of something else, has no portal above it', () => {
    expect(portalAbove(window)).toBeUndefined();
    expect(portalAbove({ top: {} } as Window)).toBeUndefined();
    const foreign = Object.defineProperty({}, 'pluginApi', {
      get: () => {
        throw new DOMException('cross-origin', 'SecurityError');
      },
    }) as Window;
    expect(portalAbove({ top: foreign } as Window)).toBeUndefined();
  });
});
