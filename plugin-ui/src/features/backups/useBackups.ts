import { useQuery } from '@tanstack/react-query';
import type { Api } from '../../api/client';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import type { paths } from '../../api/schema';
import { oneOf } from '../../shared/oneOf';
import { given } from '../../shared/useUrlFilters';

type PointsQuery = NonNullable<paths['/points']['get']['parameters']['query']>;

export const USUAL = { vm: '', policy: '', mode: '', state: '', from: '', to: '', minGib: '', sort: '-time' } as const;
export type BackupFilters = Record<keyof typeof USUAL, string>;

const SORTS = ['time', '-time', 'vm', '-vm', 'size', '-size', 'stored', '-stored', 'expires', '-expires'] as const;
const GIB = 1024 ** 3;
const PAGE = 200;

/** What the address says, as the server wants to be asked. */
export function pointsQuery(filters: BackupFilters, after?: string): PointsQuery {
  const gib = Number(filters.minGib);
  return given({
    vm: filters.vm,
    policy: filters.policy,
    mode: oneOf(filters.mode, ['full', 'incremental', 'mixed']),
    state: oneOf(filters.state, ['complete', 'partial']),
    from: filters.from,
    to: filters.to,
    minBytes: gib > 0 ? Math.round(gib * GIB) : undefined,
    sort: oneOf(filters.sort, SORTS) ?? '-time',
    limit: PAGE,
    after,
  });
}

export function pointsPage(api: Api, query: PointsQuery) {
  return body(api.GET('/points', { params: { query } }));
}

export function usePoint(point: string) {
  const { api } = useSession();
  return useQuery({ queryKey: ['points', point], queryFn: () => body(api.GET('/points/{point}', { params: { path: { point } } })) });
}

export function useHolds() {
  const { api } = useSession();
  return useQuery({ queryKey: ['holds'], queryFn: () => body(api.GET('/holds')) });
}
