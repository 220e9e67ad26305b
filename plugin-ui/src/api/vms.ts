import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { type Api, body } from './client';
import { useSession } from './context';
import type { paths } from './schema';
import type { Protection } from './types';

const MINUTE = 60_000;

/** So many at once; also of ids, which all stand in the address. */
const LARGEST_PAGE = 1000;
const IDS = 100;

type VmsQuery = NonNullable<paths['/sites/{site}/protection']['get']['parameters']['query']>;

/** Part of the list of VMs with their protection, as the server filters and sorts it. */
export function vmsPage(api: Api, site: string, query: VmsQuery) {
  return body(api.GET('/sites/{site}/protection', { params: { path: { site }, query } }));
}

/** The first VMs that fit, and how many do; while others are asked for, those before stay. */
export function useSomeVms(query: VmsQuery) {
  const { api, host } = useSession();
  const site = host.site();
  return useQuery({
    queryKey: ['protection', site, 'some', query],
    queryFn: () => vmsPage(api, site, query),
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
  });
}

/** All that fit, however many these are. */
export async function allVms(api: Api, site: string, query: VmsQuery): Promise<Protection[]> {
  const all: Protection[] = [];
  let after: string | undefined;
  do {
    const page = await vmsPage(api, site, { ...query, limit: LARGEST_PAGE, ...(after === undefined ? {} : { after }) });
    all.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return all;
}

/** How one VM is protected, and what its points come to. */
export function useVm(vm: string | undefined) {
  const { api, host } = useSession();
  const site = host.site();
  return useQuery({
    queryKey: ['protection', site, 'one', vm],
    enabled: vm !== undefined,
    queryFn: () => body(api.GET('/sites/{site}/protection/{vm}', { params: { path: { site, vm: vm ?? '' } } })),
    staleTime: MINUTE,
  });
}

/** VMs by their ids, as far as they are known at the site or have points. */
export function useVmsById(ids: readonly string[]): ReadonlyMap<string, Protection> {
  const { api, host } = useSession();
  const site = host.site();
  const parts = Array.from({ length: Math.ceil(ids.length / IDS) }, (_, part) => ids.slice(part * IDS, (part + 1) * IDS));
  return useQueries({
    queries: parts.map((vm) => ({
      queryKey: ['protection', site, 'ids', vm],
      queryFn: () => vmsPage(api, site, { vm: [...vm], limit: IDS }),
      staleTime: MINUTE,
    })),
    combine: (answers) => new Map(answers.flatMap(({ data }) => data?.items ?? []).map((vm) => [vm.vm, vm])),
  });
}
