import { useQuery } from '@tanstack/react-query';
import { body } from '../../api/client';
import { useLiveInterval, useSession } from '../../api/context';
import type { RunsQuery } from '../../api/runs';
import type { Run } from '../../api/types';
import { oneOf } from '../../shared/oneOf';
import { given } from '../../shared/useUrlFilters';
import { daysAgo } from '../overview/trouble';

export const USUAL = { days: '7', kind: '', state: '', vm: '', policy: '', sort: '-time' } as const;
export type RunFilters = Record<keyof typeof USUAL, string>;

export const STATES = ['queued', 'running', 'succeeded', 'warning', 'failed', 'cancelled'] as const;
const SORTS = ['time', '-time', 'read', '-read', 'stored', '-stored'] as const;
const PAGE = 200;
const WEEK = 7;

/** What the address says, as the server wants to be asked. */
export function runsQuery(filters: RunFilters, now: number, after?: string): RunsQuery {
  return given({
    kind: oneOf(filters.kind, ['backup', 'restore']),
    state: oneOf(filters.state, STATES),
    vm: filters.vm,
    policy: filters.policy,
    from: filters.days === 'all' ? undefined : daysAgo(WEEK, now),
    sort: oneOf(filters.sort, SORTS) ?? '-time',
    limit: PAGE,
    after,
  });
}

const isOver = (state: Run['state']) => state !== 'queued' && state !== 'running';

/** A run, live while it is under way. */
export function useRun(run: string) {
  const { api } = useSession();
  const interval = useLiveInterval(true);
  return useQuery({
    queryKey: ['run', run],
    queryFn: () => body(api.GET('/runs/{run}', { params: { path: { run } } })),
    refetchInterval: (query) => (query.state.data && isOver(query.state.data.state) ? false : interval),
  });
}
