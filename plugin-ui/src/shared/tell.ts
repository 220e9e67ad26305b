import { createContext, useContext } from 'react';

export interface Told {
  readonly kind: 'success' | 'info' | 'warning' | 'danger';
  readonly text: string;
}

export const TellContext = createContext<(kind: Told['kind'], text: string) => void>(() => undefined);

/** Shows a short word of what came of an action. */
export function useTell() {
  return useContext(TellContext);
}
