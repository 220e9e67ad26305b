import { createContext, useContext } from 'react';
import type { Host } from '../host/host';
import type { Api } from './client';

interface Session {
  readonly host: Host;
  readonly api: Api;
  /** Whether the server tells what changes; else what is live is asked for again and again. */
  readonly live: boolean;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) {
    throw new Error('used outside of a session');
  }
  return session;
}

const POLL = 3000;

/** How often something live is asked for: with events only now and then, should one have been lost. */
export function useLiveInterval(active: boolean): number | false {
  const { live } = useSession();
  return active ? (live ? 10 * POLL : POLL) : false;
}
