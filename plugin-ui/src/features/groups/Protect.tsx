import { FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { usePolicies } from '../../api/policies';
import type { VmGroup } from '../../api/types';
import { useAction } from '../../api/useAction';
import { Confirm } from '../../shared/Confirm';
import { Loaded } from '../../shared/states';
import { useTell } from '../../shared/tell';

/** Has a policy select the group: who joins it later is protected too. */
export function Protect({ group, onClose }: { group: VmGroup; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, host } = useSession();
  const tell = useTell();
  const [policy, setPolicy] = useState('');
  const action = useAction(
    () =>
      body(
        api.PUT('/sites/{site}/vm-groups/{group}/policies/{policy}', { params: { path: { site: host.site(), group: group.id, policy } } }),
      ),
    {
      stale: [['groups'], ['policies'], ['protection'], ['overview']],
      done: () => {
        tell('success', t('groups.protected', { name: group.name }));
        onClose();
      },
    },
  );
  return (
    <Confirm
      title={t('groups.protectOf', { name: group.name })}
      confirm={t('groups.protect')}
      busy={action.busy}
      blocked={policy === ''}
      problem={action.problem}
      onConfirm={() => action.run(undefined)}
      onClose={onClose}
    >
      <p>{t('groups.protectText')}</p>
      <Loaded query={usePolicies()}>
        {({ items }) => (
          <FormSelect aria-label={t('backups.policy')} value={policy} onChange={(_, chosen) => setPolicy(chosen)}>
            <FormSelectOption value="" label={t('groups.choosePolicy')} />
            {items
              .filter(({ id }) => !group.policies.some((one) => one.id === id))
              .map(({ id, name }) => (
                <FormSelectOption key={id} value={id} label={name} />
              ))}
          </FormSelect>
        )}
      </Loaded>
      <p>
        <Link to={`/policies/new?select=${encodeURIComponent(`${group.kind}=${group.name}`)}`}>{t('groups.newPolicy')}</Link>
      </p>
    </Confirm>
  );
}
