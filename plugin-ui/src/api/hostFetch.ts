import type { Host } from '../host/host';

/** Names the site whose manager gave the token. */
const SITE = 'Stillpoint-Site';

/**
 * Calls the server as the host's user. No cookie goes along: the portal's session is the portal's. When the token
 * is refused and the host has another one, the call is made once more; it cannot have been carried out before.
 */
export function hostFetch(host: Host): (request: Request) => Promise<Response> {
  function call(request: Request, token: string | undefined): Promise<Response> {
    const headers = new Headers(request.headers);
    if (token !== undefined) {
      headers.set('Authorization', `Bearer ${token}`);
    }
    headers.set(SITE, host.site());
    return fetch(new Request(request, { headers, credentials: 'omit', cache: 'no-store', referrerPolicy: 'same-origin' }));
  }
  return async (request) => {
    const again = request.clone();
    const token = host.token();
    const answer = await call(request, token);
    if (answer.status !== 401) {
      return answer;
    }
    host.tokenRefused();
    const other = host.token();
    return other === undefined || other === token ? answer : call(again, other);
  };
}
