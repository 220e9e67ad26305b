import { useQuery } from '@tanstack/react-query';
import { body } from '../../api/client';
import { useLiveInterval, useSession } from '../../api/context';
import { runsPage } from '../../api/runs';
import { daysAgo } from './trouble';

export function useOverview() {
  const { api } = useSession();
  return useQuery({ queryKey: ['overview'], queryFn: () => body(api.GET('/overview')), refetchInterval: 60_000 });
}

/** What runs and what waits. */
export function useQueue() {
  const { api } = useSession();
  return useQuery({ queryKey: ['queue'], queryFn: () => body(api.GET('/queue')), refetchInterval: useLiveInterval(true) });
}

export function useWeek(from?: string) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['slots', from ?? ''],
    queryFn: () => body(api.GET('/slots', { params: { query: from === undefined ? {} : { from } } })),
  });
}

const DAYS = 7;
const SHOWN = 5;

/** The latest runs of a week that ended in that way. */
export function useTrouble(state: 'failed' | 'warning') {
  const { api } = useSession();
  return useQuery({
    queryKey: ['runs', 'trouble', state],
    queryFn: () => runsPage(api, { state, limit: SHOWN, from: daysAgo(DAYS, Date.now()) }),
  });
}
