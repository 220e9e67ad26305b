import { useTranslation } from 'react-i18next';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import type { Protection } from '../../api/types';
import { useAction } from '../../api/useAction';
import { useTell } from '../../shared/tell';
import { useTellProblem } from '../../shared/useTellProblem';

/** One backup of the VM, however often it was clicked. */
export function useBackUpNow(vm: Protection) {
  const { t } = useTranslation();
  const { api, host } = useSession();
  const tell = useTell();
  const tellProblem = useTellProblem();
  return useAction(() => body(api.POST('/runs', { body: { site: host.site(), vms: [vm.vm] } })), {
    stale: [['runs'], ['queue']],
    done: (run) => tell('info', t(run.state === 'queued' && run.queue ? 'vm.queued' : 'vm.begun', { vm: vm.name })),
    failed: tellProblem,
  });
}
