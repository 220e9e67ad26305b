import { Button } from '@patternfly/react-core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useAdministrator } from '../../api/caller';
import { usePolicies } from '../../api/policies';
import type { Policy } from '../../api/types';
import { type Column, DataTable } from '../../shared/DataTable';
import { PageHead } from '../../shared/PageHead';
import { Empty, Loaded } from '../../shared/states';
import { When } from '../../shared/When';
import { RunNow } from './RunNow';
import { useScheduleText } from './useScheduleText';

/** What protects the VMs: which of them, when, for how long. */
export default function PoliciesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useColumns();
  const administrator = useAdministrator();
  const add = administrator && <Button onClick={() => void navigate('/policies/new')}>{t('policies.new')}</Button>;
  return (
    <div className="sp-page">
      <PageHead title={t('policies.title')}>{add}</PageHead>
      <Loaded query={usePolicies()}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('policies.none')} text={t('policies.noneText')} action={add} />
          ) : (
            <DataTable label={t('policies.title')} columns={columns} rows={items} id={(policy) => policy.id} />
          )
        }
      </Loaded>
    </div>
  );
}

function useColumns(): Column<Policy>[] {
  const { t } = useTranslation();
  const words = useScheduleText();
  return useMemo(
    () => [
      { key: 'name', title: t('policies.name'), show: (policy) => <Link to={`/policies/${policy.id}`}>{policy.name}</Link> },
      { key: 'enabled', title: t('runs.state'), show: (policy) => t(policy.enabled ? 'policies.isOn' : 'policies.off') },
      { key: 'covers', title: t('policies.covers'), less: true, show: (policy) => covers(policy, t) },
      { key: 'schedule', title: t('policies.schedule'), less: true, show: (policy) => words(policy.schedule) },
      { key: 'next', title: t('policies.next'), show: (policy) => <When at={policy.enabled ? policy.next?.begin : undefined} /> },
      { key: 'run', title: t('policies.runNow'), hidden: true, show: (policy) => <RunNow policy={policy} inline /> },
    ],
    [t, words],
  );
}

function covers({ vms, select }: Policy, t: ReturnType<typeof useTranslation>['t']): string {
  const named = vms.length === 0 ? [] : [t('policies.named', { count: vms.length })];
  return [...named, ...select].join(', ');
}
