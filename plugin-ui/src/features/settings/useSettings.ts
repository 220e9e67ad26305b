import { useQuery } from '@tanstack/react-query';
import { body } from '../../api/client';
import { useLiveInterval, useSession } from '../../api/context';

export function useRepository() {
  const { api } = useSession();
  return useQuery({ queryKey: ['repository'], queryFn: () => body(api.GET('/repository')) });
}

export function useCollection() {
  const { api } = useSession();
  return useQuery({
    queryKey: ['repository', 'collection'],
    queryFn: () => body(api.GET('/repository/collection')),
    refetchInterval: useLiveInterval(true),
  });
}

export function useSites() {
  const { api } = useSession();
  return useQuery({ queryKey: ['sites'], queryFn: () => body(api.GET('/sites')) });
}

/** Asks the manager itself; takes a moment. */
export function useSiteCheck(site: string) {
  const { api } = useSession();
  return useQuery({ queryKey: ['sites', site, 'check'], queryFn: () => body(api.GET('/sites/{site}/check', { params: { path: { site } } })) });
}

export function useLimits(site: string) {
  const { api } = useSession();
  return useQuery({ queryKey: ['sites', site, 'limits'], queryFn: () => body(api.GET('/sites/{site}/limits', { params: { path: { site } } })) });
}

export function useLeftovers(others: boolean) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['leftovers', others],
    queryFn: () => body(api.GET('/leftovers', { params: { query: { others } } })),
  });
}
