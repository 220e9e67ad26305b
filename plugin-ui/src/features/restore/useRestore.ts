import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { type Api, body } from '../../api/client';
import { useSession } from '../../api/context';
import type { RestorePlan, RestoreRequest, Run } from '../../api/types';
import { useAction } from '../../api/useAction';
import { requestOf, type RestoreForm } from './form';

async function send(api: Api, request: RestoreRequest): Promise<Run | RestorePlan> {
  return body(api.POST('/restores', { body: request }));
}

/** What the restore would do, asked anew each time one comes to look. */
export function useDryRun(point: string, form: RestoreForm, wanted: boolean) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['restore-plan', point, form],
    enabled: wanted,
    gcTime: 0,
    staleTime: 0,
    queryFn: async () => {
      const plan = await send(api, requestOf(point, form, true));
      if (!('refusals' in plan)) {
        throw new Error('The server began a restore where it was asked for a plan');
      }
      return plan;
    },
  });
}

/** Begins the restore, once however often it was clicked, and leads to where it is watched. */
export function useRestore(point: string, form: RestoreForm) {
  const { api } = useSession();
  const navigate = useNavigate();
  return useAction(() => send(api, requestOf(point, form, false)), {
    stale: [['runs'], ['queue']],
    done: (run) => void ('id' in run && navigate(`/runs/${run.id}`, { replace: true })),
  });
}
