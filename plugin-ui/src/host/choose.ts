import type { Host } from './host';
import { nameFrame, OvirtHost, passClicks, portalAbove } from './ovirt/OvirtHost';
import { StandaloneHost } from './standalone/StandaloneHost';

/** The host that this page finds itself in. */
export function chooseHost(): Host {
  const portal = portalAbove(window);
  if (!portal) {
    return new StandaloneHost(window.sessionStorage);
  }
  nameFrame(window);
  passClicks(window, portal);
  return new OvirtHost(window, portal);
}
