import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import type { Policy } from '../../api/types';
import { useAction } from '../../api/useAction';
import { useTellProblem } from '../../shared/useTellProblem';

/** Starts the policy once, now, for whoever may have all of its VMs backed up; a policy that is off cannot. */
export function RunNow({ policy, inline = false }: { policy: Policy; inline?: boolean }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const tellProblem = useTellProblem();
  const navigate = useNavigate();
  const action = useAction(() => body(api.POST('/policies/{policy}/runs', { params: { path: { policy: policy.id } } })), {
    stale: [['runs'], ['queue']],
    done: (run) => void navigate(`/runs/${run.id}`),
    failed: tellProblem,
  });
  return policy.rights.includes('back_up') ? (
    <Button
      variant={inline ? 'link' : 'secondary'}
      isInline={inline}
      isDisabled={action.busy || !policy.enabled}
      isLoading={action.busy}
      onClick={() => action.run(undefined)}
    >
      {t('policies.runNow')}
    </Button>
  ) : null;
}
