// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { takeErrand } from '../host/ovirt/errand';
import type { PluginApi } from '../host/ovirt/pluginApi';
import { TestPortal } from './portal.testing';

const WEB = { id: 'id-web', name: 'web01', status: 'Up', managed: true };
const DB = { id: 'id-db', name: 'db01', status: 'Up', managed: true };

const PATIENCE_MILLIS = 20_000;

/** The portal shows toasts and changes addresses after the caller's own work. */
const settled = (portal: TestPortal, line: string) =>
  vi.waitFor(() => {
    expect(portal.done).toContain(line);
  }, PATIENCE_MILLIS);

const inUse = (): TestPortal => {
  const portal = new TestPortal();
  portal.place = 'vms';
  portal.load();
  return portal;
};

afterEach(() => {
  window.sessionStorage.clear();
});

describe('the landing page', () => {
  it('stays the portal’s: without a place in the address the plug-in waits for the first one', () => {
    const portal = new TestPortal();
    portal.load();
    portal.tick();
    expect(portal.state()).toBe('loading');
    expect(portal.done).toEqual([]);
    portal.place = 'vms';
    portal.tick();
    expect(portal.state()).toBe('in use');
    expect(portal.timers).toEqual([]);
  });

  it('a deep link or F5 on our place finds it at once', () => {
    const portal = new TestPortal();
    portal.load('#stillpoint-runs');
    expect(portal.state()).toBe('in use');
  });

  it('an address that ends in # alone is none', () => {
    const portal = new TestPortal();
    portal.load('#');
    expect(portal.state()).toBe('loading');
  });

  it('a currentPlace that throws while the portal loads is asked again', () => {
    const portal = new TestPortal();
    const api = portal.api();
    let calls = 0;
    const shaky: PluginApi = Object.create(api, {
      currentPlace: {
        value: () => {
          calls += 1;
          if (calls < 3) {
            throw new TypeError('not yet');
          }
          return 'vms';
        },
      },
    }) as PluginApi;
    portal.load('', shaky);
    portal.tick();
    portal.tick();
    expect(portal.state()).toBe('in use');
  });

  it('nothing is asked that throws before the login has finished', () => {
    const portal = new TestPortal();
    expect(() => (portal.api() as unknown as { loginUserName(): string }).loginUserName()).not.toThrow();
    portal.load('#vms');
    expect(() => (portal.api() as unknown as { loginUserName(): string }).loginUserName()).toThrow('login');
    expect(portal.state()).toBe('in use');
    expect(portal.log).toEqual([]);
  });
});

describe('what it adds', () => {
  it('a menu, a tab of VMs and two buttons', () => {
    const portal = inUse();
    expect(portal.done).toEqual([
      'container Backup stillpoint {"icon":"fa-shield"}',
      ...['Overview', 'Backups', 'Runs', 'Policies', 'Planner', 'Groups', 'Settings'].map((label, index) => {
        const page = label.toLowerCase();
        const url = `/ovirt-engine-stillpoint/console/index.html#/${page}`;
        return `place stillpoint ${label} stillpoint-${page} ${url} {"priority":${index},"defaultPlace":false}`;
      }),
      'tab VirtualMachine Backups stillpoint-vm /ovirt-engine-stillpoint/console/index.html#/vm {"priority":50}',
      'button VirtualMachine Back up now',
      'button VirtualMachine Restore…',
    ]);
  });

  it('speaks the portal’s language where it knows it, else English', () => {
    const german = new TestPortal();
    german.locale = 'de-DE';
    german.load('#vms');
    expect(german.done[0]).toContain('Sicherung');
    const japanese = new TestPortal();
    japanese.locale = 'ja-JP';
    japanese.load('#vms');
    expect(japanese.done[0]).toContain('Backup');
  });

  it.each([null, 'odd', { backendPath: 7, site: {} }, { backendPath: 'https://evil.example/' }, { backendPath: '//evil/' }])(
    'a config of %j neither takes the menu away nor sends tokens elsewhere',
    async (config) => {
      const portal = new TestPortal();
      portal.config = config;
      portal.load('#vms');
      expect(portal.state()).toBe('in use');
      portal.answer(202, { id: 'r1', state: 'running' });
      portal.buttons.get('Back up now')?.onClick([WEB]);
      await settled(portal, 'toast success The backup of web01 has started.');
      expect(portal.fetched[0]?.url).toBe('/ovirt-engine-stillpoint/api/v1/runs');
    },
  );

  it('the administrator’s path and site are used', async () => {
    const portal = new TestPortal();
    portal.config = { backendPath: '/backup', site: 'north' };
    portal.load('#vms');
    portal.answer(202, { id: 'r1', state: 'running' });
    portal.buttons.get('Back up now')?.onClick([WEB]);
    await vi.waitFor(() => {
      expect(portal.fetched).toHaveLength(1);
    }, PATIENCE_MILLIS);
    expect(portal.fetched[0]?.url).toBe('/backup/api/v1/runs');
    expect(portal.fetched[0]?.init.headers).toMatchObject({ 'Stillpoint-Site': 'north' });
  });
});

describe('the selection', () => {
  it('of one VM is the tab’s', async () => {
    const portal = inUse();
    portal.select([WEB]);
    await settled(portal, 'url stillpoint-vm /ovirt-engine-stillpoint/console/index.html#/vm/id-web');
  });

  it('told again, or of none or several in between, takes nobody away from where he is in the tab', async () => {
    const portal = inUse();
    const urls = () => portal.done.filter((line) => line.startsWith('url '));
    for (const items of [[WEB], [{ ...WEB, status: 'Down' }], [], [WEB, DB], [WEB], [DB]]) {
      portal.select(items);
    }
    await settled(portal, 'url stillpoint-vm /ovirt-engine-stillpoint/console/index.html#/vm/id-db');
    expect(urls()).toHaveLength(2);
  });

  it('that only the buttons see is the tab’s too: the page of a VM was reloaded, or came by its address', async () => {
    const portal = new TestPortal();
    portal.load('#vms-general;name=web01');
    expect(portal.buttons.get('Back up now')?.isEnabled([WEB])).toBe(true);
    await settled(portal, 'url stillpoint-vm /ovirt-engine-stillpoint/console/index.html#/vm/id-web');
    portal.buttons.get('Back up now')?.isEnabled([DB]);
    await settled(portal, 'url stillpoint-vm /ovirt-engine-stillpoint/console/index.html#/vm/id-db');
  });

  it.each([[undefined], [null], ['odd'], [[null]], [[{}]]])('of %j does not remove the plug-in', (items) => {
    const portal = inUse();
    portal.select(items);
    expect(portal.state()).toBe('in use');
    expect(portal.removed).toBe(false);
  });

  it('of a VM decides which buttons can be pressed', () => {
    const portal = inUse();
    const backUp = portal.buttons.get('Back up now');
    const restore = portal.buttons.get('Restore…');
    expect([[], [WEB], [WEB, DB]].map((items) => backUp?.isEnabled(items))).toEqual([false, true, true]);
    expect([[], [WEB], [WEB, DB]].map((items) => restore?.isEnabled(items))).toEqual([false, true, false]);
    expect(backUp?.isEnabled(undefined as unknown as [])).toBe(false);
  });
});

describe('a reload of the portal on the tab', () => {
  const urlOfTab = (hash: string): string | undefined => {
    const portal = new TestPortal();
    portal.load(hash);
    return portal.done.find((line) => line.startsWith('tab '))?.replace(/.*#|\s\{.*/g, '');
  };

  it.each([
    ['#stillpoint-vm', '/vm/id-web'],
    ['#stillpoint-vm;name=b%25C3%25BCro+test', '/vm/id-web'],
    ['#stillpoint-vm;name=b%C3%BCro%20test', '/vm/id-web'],
    ['#stillpoint-vm;name=db01', '/vm'],
    ['#stillpoint-vm;name=%', '/vm'],
    ['#vms-general;name=b%C3%BCro%20test', '/vm'],
    ['#stillpoint-vms', '/vm'],
    ['', undefined],
  ])('at %s begins with %s', (hash, path) => {
    inUse().select([{ ...WEB, name: 'büro test' }]);
    expect(urlOfTab(hash)).toBe(path);
  });

  it('without a VM before it has none', () => {
    expect(urlOfTab('#stillpoint-vm')).toBe('/vm');
  });

  it.each(['{', 'null', '7', '{"id":7}'])('does not stumble over %s in the storage', (text) => {
    window.sessionStorage.setItem('stillpoint.vm', text);
    expect(urlOfTab('#stillpoint-vm')).toBe('/vm');
  });
});

describe('an exception', () => {
  it('in UiInit is logged and the plug-in stays', () => {
    const portal = new TestPortal();
    const broken = Object.create(portal.api(), {
      addDetailPlace: {
        value: () => {
          throw new Error('an older portal');
        },
      },
    }) as PluginApi;
    portal.load('#vms', broken);
    expect(portal.state()).toBe('in use');
    expect(portal.log.join()).toContain('an older portal');
  });

  it('of the log itself goes nowhere', () => {
    const portal = new TestPortal();
    const broken = Object.create(portal.api(), {
      addDetailPlace: {
        value: () => {
          throw new Error('x');
        },
      },
      logger: {
        value: () => {
          throw new Error('no log');
        },
      },
    }) as PluginApi;
    portal.load('#vms', broken);
    expect(portal.state()).toBe('in use');
  });
});

describe('Restore…', () => {
  it('opens the wizard for the VM in the place of the backups', async () => {
    const portal = inUse();
    portal.buttons.get('Restore…')?.onClick([WEB]);
    await settled(portal, 'reveal stillpoint-backups');
    expect(takeErrand(window.sessionStorage, 'stillpoint-backups', 1000)).toBe('/restore?vm=id-web');
  });
});
