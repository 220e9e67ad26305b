import { FormGroup, Radio, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../api/context';
import type { RecoveryPlan, RecoveryRequest, VmGroup } from '../../api/types';
import { useAction } from '../../api/useAction';
import { Confirm } from '../../shared/Confirm';
import { ProblemAlert, ProblemLine } from '../../shared/ProblemWords';
import { mayRestoreAs, type RestoreMode } from '../../shared/rights';
import { Said } from '../../shared/Said';
import { Loaded } from '../../shared/states';
import { useDebounced } from '../../shared/useDebounced';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';
import { recover, useRecoveryPlan } from './useGroups';

const PAUSE = 400;

/** Brings all VMs of a group back, in its order; what that would do is shown before. */
export function Recover({ group, onClose }: { group: VmGroup; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, host } = useSession();
  const navigate = useNavigate();
  const [mode, setMode] = useState<RestoreMode>(mayRestoreAs('new-vm', group.rights) ? 'new-vm' : 'in-place');
  const [name, setName] = useState('*-restored');
  // A group that no policy protects has no run of its own: the newest point of each VM up to now.
  const [at] = useState(() => (group.policies.length === 0 ? { at: new Date().toISOString() } : {}));
  const request: RecoveryRequest = mode === 'new-vm' ? { mode, name, ...at } : { mode, ...at };
  const plan = useRecoveryPlan(group.id, useDebounced(request, PAUSE));
  const action = useAction(() => recover(api, host.site(), group.id, request), {
    stale: [['runs'], ['queue']],
    done: (run) => void ('state' in run && navigate(`/runs/${run.id}`)),
  });
  return (
    <Confirm
      title={t('groups.recoverOf', { name: group.name })}
      confirm={t('restore.action')}
      busy={action.busy}
      blocked={plan.data === undefined || plan.data.refusals.length > 0}
      problem={action.problem}
      onConfirm={() => action.run(undefined)}
      onClose={onClose}
    >
      <div className="sp-choices" role="radiogroup" aria-label={t('restore.what')}>
        <Radio id="group-new" name="mode" isChecked={mode === 'new-vm'} isDisabled={!mayRestoreAs('new-vm', group.rights)} label={t('groups.asNew')} onChange={() => setMode('new-vm')} />
        {mode === 'new-vm' && (
          <FormGroup label={t('groups.names')} fieldId="names">
            <TextInput id="names" value={name} onChange={(_, text) => setName(text)} />
          </FormGroup>
        )}
        <Radio
          id="group-place"
          name="mode"
          isChecked={mode === 'in-place'}
          isDisabled={!mayRestoreAs('in-place', group.rights)}
          label={t('groups.inPlace')}
          description={t('restore.inPlaceText')}
          onChange={() => setMode('in-place')}
        />
      </div>
      <p className="sp-subtle">{t(group.policies.length === 0 ? 'groups.newestOfEach' : 'groups.ofLastRun')}</p>
      <Loaded query={plan}>{(found) => <Plan plan={found} />}</Loaded>
    </Confirm>
  );
}

function Plan({ plan }: { plan: RecoveryPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {plan.refusals.map((refusal) => (
        <ProblemAlert key={refusal.detail} problem={refusal} />
      ))}
      {plan.earliest !== undefined && (
        <p>
          {t('groups.moment')} <When at={plan.earliest} />
          {plan.latest !== plan.earliest && (
            <>
              {' '}
              {t('groups.until')} <When at={plan.latest} />
            </>
          )}
        </p>
      )}
      <ol className="sp-list">
        {plan.vms.map((vm) => (
          <li key={vm.point}>
            {vm.vmName} · {t('restore.toWrite')}: {format.bytes(vm.disks.reduce((sum, disk) => sum + disk.bytesToWrite, 0))}
            {vm.refusals.map((refusal) => (
              <div key={refusal.detail}>
                <ProblemLine problem={refusal} />
              </div>
            ))}
          </li>
        ))}
        {plan.missing.map((vm) => (
          <li key={vm.vm} className="sp-subtle">
            {vm.vmName}: <Said>{vm.reason}</Said>
          </li>
        ))}
        {plan.notes.map((note) => (
          <li key={note} className="sp-subtle">
            <Said>{note}</Said>
          </li>
        ))}
      </ol>
    </>
  );
}
