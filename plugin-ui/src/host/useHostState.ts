import { useSyncExternalStore } from 'react';
import type { Host } from './host';

/** Renders anew when the host's token, theme, language or selected VM changes. */
export function useHostState(host: Host): { signedIn: boolean; locale: string; theme: 'light' | 'dark' } {
  const snapshot = useSyncExternalStore(
    (changed) => host.onChange(changed),
    () => [host.token() === undefined ? '' : 'in', host.locale(), host.theme(), host.selectedVm() ?? ''].join('|'),
  );
  const [signedIn, locale] = snapshot.split('|');
  return { signedIn: signedIn === 'in', locale: locale ?? 'en', theme: host.theme() };
}
