import { configFrom, consoleUrl } from '../host/ovirt/config';
import { leaveErrand } from '../host/ovirt/errand';
import { PAGES, placeOf } from '../host/ovirt/places';
import type { EventHandlers, PluginApi, VmItem } from '../host/ovirt/pluginApi';
import { Backups } from './backup';
import { readyAfterLanding } from './landing';
import { VmTab } from './vmTab';
import { wordsFor } from './words';

const CONTAINER = 'stillpoint';
const VM = 'VirtualMachine';
/** After the portal's own tabs of a VM. */
const TAB_PRIORITY = 50;
/** After the portal's own buttons, of which "Create Snapshot" is the eighth. */
const BUTTON_INDEX = 8;

/** What the plug-in has of the world; `portal` is the window that gave the api. */
export interface World {
  readonly api: PluginApi;
  readonly portal: { readonly location: { readonly hash: string } };
  readonly storage: Storage;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly later: (work: () => void, millis: number) => void;
  readonly now: () => number;
}

/** Puts Backup into the portal. */
export function enlist(world: World): void {
  const { api } = world;
  api.register(handlers(world));
  readyAfterLanding(
    world.portal.location.hash,
    () => api.currentPlace(),
    () => {
      api.ready();
    },
    world.later,
  );
}

function handlers(world: World): EventHandlers {
  const { api } = world;
  const tab = new VmTab(api, configFrom(api.configObject()), world.storage);
  return {
    UiInit: guarded(api, () => {
      init(world, tab);
    }),
    VirtualMachineSelectionChange: guarded(api, (items) => {
      tab.follow(items);
    }),
  };
}

function init(world: World, tab: VmTab): void {
  const { api } = world;
  const config = configFrom(api.configObject());
  const words = wordsFor(api.currentLocale());
  // Last: a place between the portal's own would be an index, which the dashboard moves when it comes before us; it does at some loads only.
  api.addPrimaryMenuContainer(words.menu, CONTAINER, { icon: 'fa-shield' });
  PAGES.forEach((page, index) => {
    api.addSecondaryMenuPlace(CONTAINER, words.pages[page], placeOf(page), consoleUrl(config, `/${page}`), {
      priority: index,
      defaultPlace: false,
    });
  });
  tab.add(words.tab, world.portal.location.hash, TAB_PRIORITY);
  // The portal tells of a selection only once it has shown its list of VMs. After a reload on the page of a VM, or a link
  // to it, it has not; the buttons are asked about what is selected in any case.
  const seen = guarded(api, (items: readonly VmItem[]) => {
    tab.follow(items);
  });
  const backups = new Backups(api, config, words, world.fetch);
  api.addMenuPlaceActionButton(VM, words.backUp, {
    id: 'StillpointBackUp',
    index: BUTTON_INDEX,
    isEnabled: (items) => {
      seen(items);
      return selected(items) > 0;
    },
    onClick: guarded(api, (items: readonly VmItem[]) => {
      backups.start(items).catch((failure: unknown) => {
        severe(api, failure);
      });
    }),
  });
  api.addMenuPlaceActionButton(VM, words.restore, {
    id: 'StillpointRestore',
    index: BUTTON_INDEX + 1,
    isEnabled: (items) => selected(items) === 1,
    onClick: guarded(api, (items: readonly VmItem[]) => {
      const place = placeOf('backups');
      const vm = items[0]?.id ?? '';
      leaveErrand(world.storage, place, `/restore?vm=${encodeURIComponent(vm)}`, world.now());
      api.revealPlace(place);
    }),
  });
}

/** An exception of this one would count as "enabled". */
function selected(items: readonly VmItem[] | undefined): number {
  return Array.isArray(items) ? items.length : 0;
}

/** An exception that a handler lets out makes the portal remove the whole plug-in. */
function guarded<A extends unknown[]>(api: PluginApi, work: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      work(...args);
    } catch (failure) {
      severe(api, failure);
    }
  };
}

function severe(api: PluginApi, failure: unknown): void {
  try {
    api.logger().severe(`Stillpoint: ${String(failure)}`);
  } catch {
    // The log is the last resort; there is nobody left to tell.
  }
}
