import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import type { Retention, Schedule } from '../../api/types';

export function usePolicy(policy: string, enabled = true) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['policies', policy],
    enabled,
    queryFn: () => body(api.GET('/policies/{policy}', { params: { path: { policy } } })),
  });
}

/** The next starts, and what came of the last. */
export function useStarts(policy: string) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['policies', policy, 'starts'],
    queryFn: () => body(api.GET('/policies/{policy}/starts', { params: { path: { policy } } })),
  });
}

/** What a run would back up now. */
export function useCovered(policy: string) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['policies', policy, 'vms'],
    queryFn: () => body(api.GET('/policies/{policy}/vms', { params: { path: { policy } } })),
  });
}

/** What the policy's retention, or another one in its place, would delete and why. */
export function useRetentionPlan(policy: string, draft?: Retention) {
  const { api } = useSession();
  const path = { params: { path: { policy } } };
  return useQuery({
    queryKey: ['policies', policy, 'retention', draft ?? null],
    placeholderData: keepPreviousData,
    queryFn: () =>
      draft === undefined
        ? body(api.GET('/policies/{policy}/retention', path))
        : body(api.POST('/policies/{policy}/retention', { ...path, body: draft })),
  });
}

/** The next ten starts of a schedule that nobody has yet, and whether its slot is free. */
export function usePreview(schedule: Schedule | undefined) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['slots', 'preview', schedule],
    enabled: schedule !== undefined,
    placeholderData: keepPreviousData,
    queryFn: () => body(api.POST('/slots/preview', { params: { query: { count: 10 } }, body: schedule ?? { type: 'daily', hour: 0 } })),
  });
}

/** Every policy there ever was, to adopt its settings. */
export function usePastPolicies() {
  const { api } = useSession();
  return useQuery({ queryKey: ['drafts'], queryFn: () => body(api.GET('/drafts')) });
}

/** The settings of a past policy or run. */
export function useDraft(from: { policy?: string; run?: string }) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['drafts', from],
    enabled: from.policy !== undefined || from.run !== undefined,
    queryFn: () =>
      from.policy !== undefined
        ? body(api.GET('/drafts/policies/{policy}', { params: { path: { policy: from.policy } } }))
        : body(api.GET('/drafts/runs/{run}', { params: { path: { run: from.run ?? '' } } })),
  });
}
