import { PLUGIN, type PortalWindow } from '../host/ovirt/pluginApi';
import { enlist } from './plugin';

const portal = window.parent as Window & PortalWindow;
const api = portal.pluginApi?.(PLUGIN);
if (api) {
  enlist({
    api,
    portal,
    storage: window.sessionStorage,
    fetch: (url, init) => fetch(url, init),
    later: (work, millis) => {
      window.setTimeout(work, millis);
    },
    now: () => Date.now(),
  });
}
