import { useQuery } from '@tanstack/react-query';
import { body } from './client';
import { useSession } from './context';

/** Who the server takes the caller for. */
export function useCaller() {
  const { api } = useSession();
  return useQuery({ queryKey: ['caller'], queryFn: () => body(api.GET('/caller')), staleTime: 60_000 });
}

/** Whether he administers the site; not, as long as that is not known. */
export function useAdministrator(): boolean {
  return useCaller().data?.administrator ?? false;
}
