import { useQuery } from '@tanstack/react-query';
import { body } from './client';
import { useSession } from './context';

const MINUTE = 60_000;

/** How each VM of the site is protected, and what its points come to. */
export function useProtection() {
  const { api, host } = useSession();
  const site = host.site();
  return useQuery({
    queryKey: ['protection', site],
    queryFn: () => body(api.GET('/sites/{site}/protection', { params: { path: { site } } })),
    staleTime: MINUTE,
  });
}

/** The VMs of the site and where they stand, for lists to choose from. */
export function useVms() {
  const { api, host } = useSession();
  const site = host.site();
  return useQuery({
    queryKey: ['vms', site],
    queryFn: () => body(api.GET('/sites/{site}/vms', { params: { path: { site }, query: { placement: true } } })),
    staleTime: MINUTE,
  });
}
