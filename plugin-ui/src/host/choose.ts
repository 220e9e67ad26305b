import type { Host } from './host';
import { StandaloneHost } from './standalone/StandaloneHost';

/** The host that this page finds itself in. */
export function chooseHost(): Host {
  return new StandaloneHost(window.sessionStorage);
}
