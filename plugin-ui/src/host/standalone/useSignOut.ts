import { apiBase } from '../../api/client';
import { hostFetch } from '../../api/hostFetch';
import type { StandaloneHost } from './StandaloneHost';

/** Ends the token that our own sign-in gave; whatever becomes of the call, this tab forgets it. */
export function useSignOut(host: StandaloneHost): () => void {
  return () => {
    const call = hostFetch(host)(new Request(`${apiBase()}/sign-out`, { method: 'POST' }));
    void call.catch(() => undefined).finally(() => host.signedOut());
  };
}
