import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { type Api, body } from '../../api/client';
import { useSession } from '../../api/context';
import type { Point, RestorePlan, RestoreRequest, Run } from '../../api/types';
import { useAction } from '../../api/useAction';
import { requestOf, type RestoreForm, startingForm } from './form';

async function send(api: Api, request: RestoreRequest): Promise<Run | RestorePlan> {
  return body(api.POST('/restores', { body: request }));
}

async function planned(api: Api, point: Point, form: RestoreForm): Promise<RestorePlan> {
  const plan = await send(api, requestOf(point, form, true));
  if (!('refusals' in plan)) {
    throw new Error('The server began a restore where it was asked for a plan');
  }
  return plan;
}

/** What the restore would do, asked anew each time one comes to look. */
export function useDryRun(point: Point, form: RestoreForm, wanted: boolean) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['restore-plan', point.id, form],
    enabled: wanted,
    gcTime: 0,
    staleTime: 0,
    queryFn: () => planned(api, point, form),
  });
}

/** Where a VM can be restored to; its manager's administrators only may ask. */
export function useTargets(point: Point) {
  const { api } = useSession();
  return useQuery({
    queryKey: ['targets', point.site],
    queryFn: () => body(api.GET('/sites/{site}/targets', { params: { path: { site: point.site } } })),
  });
}

/** What the point's disks take of a storage, whichever of them are wanted later. */
export function useNeeds(point: Point, wanted: boolean) {
  const { api } = useSession();
  return useQuery({ queryKey: ['restore-needs', point.id], enabled: wanted, queryFn: () => planned(api, point, startingForm(point)) });
}

/** Begins the restore, once however often it was clicked, and leads to where it is watched. */
export function useRestore(point: Point, form: RestoreForm) {
  const { api } = useSession();
  const navigate = useNavigate();
  return useAction(() => send(api, requestOf(point, form, false)), {
    stale: [['runs'], ['queue']],
    done: (run) => void ('id' in run && navigate(`/runs/${run.id}`, { replace: true })),
  });
}
