import type { Host } from './host';
import { OvirtHost, portalAbove } from './ovirt/OvirtHost';
import { StandaloneHost } from './standalone/StandaloneHost';

/** The host that this page finds itself in. */
export function chooseHost(): Host {
  const portal = portalAbove(window);
  return portal ? new OvirtHost(window, portal) : new StandaloneHost(window.sessionStorage);
}
