import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { body } from './client';
import { useSession } from './context';

export function usePolicies() {
  const { api } = useSession();
  return useQuery({ queryKey: ['policies'], queryFn: () => body(api.GET('/policies')) });
}

/** Names by id; a policy that was deleted, or that the caller does not see, has none. */
export function usePolicyNames(): ReadonlyMap<string, string> {
  const { data } = usePolicies();
  return useMemo(() => new Map(data?.items.map(({ id, name }) => [id, name])), [data]);
}
