import { useQuery } from '@tanstack/react-query';
import { type Api, body } from '../../api/client';
import { useSession } from '../../api/context';
import type { RecoveryPlan, RecoveryRequest, Run } from '../../api/types';

/** What the manager itself keeps together; asked of it at each call. */
export function useGroups() {
  const { api, host } = useSession();
  const site = host.site();
  return useQuery({
    queryKey: ['groups', site],
    queryFn: () => body(api.GET('/sites/{site}/vm-groups', { params: { path: { site } } })),
  });
}

export async function recover(api: Api, site: string, group: string, request: RecoveryRequest): Promise<Run | RecoveryPlan> {
  return body(api.POST('/sites/{site}/vm-groups/{group}/recover', { params: { path: { site, group } }, body: request }));
}

/** What the recovery of all VMs of a group would do. */
export function useRecoveryPlan(group: string, request: RecoveryRequest) {
  const { api, host } = useSession();
  return useQuery({
    queryKey: ['recovery-plan', group, request],
    gcTime: 0,
    queryFn: async () => {
      const plan = await recover(api, host.site(), group, { ...request, dryRun: true });
      if (!('missing' in plan)) {
        throw new Error('The server began a recovery where it was asked for a plan');
      }
      return plan;
    },
  });
}
