import { Button } from '@patternfly/react-core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLiveInterval, useSession } from '../../api/context';
import { usePolicies, usePolicyNames } from '../../api/policies';
import { runsPage } from '../../api/runs';
import type { RunLine } from '../../api/types';
import type { Column } from '../../shared/DataTable';
import { ChoiceFilter, FilterBar, TextFilter } from '../../shared/FilterBar';
import { PagedTable } from '../../shared/PagedTable';
import { PageHead } from '../../shared/PageHead';
import { Said } from '../../shared/Said';
import { Empty } from '../../shared/states';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { useUrlFilters } from '../../shared/useUrlFilters';
import { When } from '../../shared/When';
import { type RunFilters, runsQuery, STATES, USUAL } from './useRuns';
import { useRunsTable } from './useRunsTable';

/** The history of backups and restores, and what is under way. */
export default function RunsPage() {
  const { t } = useTranslation();
  const { api } = useSession();
  const filters = useUrlFilters(USUAL);
  const columns = useRunColumns();
  const table = useRunsTable();
  return (
    <div className="sp-page">
      <PageHead title={t('runs.title')}>
        <Button variant="secondary" isDisabled={table.busy} isLoading={table.busy} onClick={() => table.run(runsQuery(filters.values, Date.now()))}>
          {t('runs.csv')}
        </Button>
      </PageHead>
      <Filters {...filters} />
      <PagedTable
        label={t('runs.title')}
        queryKey={['runs', 'list', filters.values]}
        page={(after) => runsPage(api, runsQuery(filters.values, Date.now(), after))}
        refetchInterval={useLiveInterval(true)}
        columns={columns}
        id={(run) => run.id}
        sort={filters.values.sort}
        onSort={(sort) => filters.set('sort', sort)}
        filtered={filters.changed}
        empty={
          <Empty
            title={t('runs.none')}
            text={t('runs.noneText')}
            action={
              <Button variant="link" onClick={() => filters.set('days', 'all')}>
                {t('runs.showAll')}
              </Button>
            }
          />
        }
      />
    </div>
  );
}

interface FilterProps {
  readonly values: RunFilters;
  readonly set: (name: keyof RunFilters, value: string) => void;
  readonly clear: () => void;
  readonly changed: boolean;
}

function Filters({ values, set, clear, changed }: FilterProps) {
  const { t } = useTranslation();
  const policies = usePolicies();
  return (
    <FilterBar changed={changed} onClear={clear}>
      <ChoiceFilter
        label={t('runs.time')}
        value={values.days}
        onChange={(days) => set('days', days)}
        options={[['7', t('runs.week')], ['all', t('runs.allTime')]]}
      />
      <ChoiceFilter
        label={t('runs.kind')}
        value={values.kind}
        onChange={(kind) => set('kind', kind)}
        options={[['', t('runs.anyKind')], ['backup', t('run.kind.backup')], ['restore', t('run.kind.restore')]]}
      />
      <ChoiceFilter
        label={t('runs.state')}
        value={values.state}
        onChange={(state) => set('state', state)}
        options={[['', t('backups.anyState')], ...STATES.map((state) => [state, t(`stateName.${state}`)] as const)]}
      />
      <TextFilter label={t('backups.vm')} value={values.vm} onChange={(vm) => set('vm', vm)} />
      <ChoiceFilter
        label={t('backups.policy')}
        value={values.policy}
        onChange={(policy) => set('policy', policy)}
        options={[['', t('backups.anyPolicy')], ...(policies.data?.items ?? []).map(({ id, name }) => [id, name] as const)]}
      />
    </FilterBar>
  );
}

function useRunColumns(): Column<RunLine>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const policies = usePolicyNames();
  return useMemo(
    () => [
      {
        key: 'what',
        title: t('runs.what'),
        show: (run) => <Link to={`/runs/${run.id}`}>{t('run.of', { kind: t(`run.kind.${run.kind}`), vm: run.vmName, count: run.vmCount - 1 })}</Link>,
      },
      { key: 'state', title: t('runs.state'), show: (run) => <Status state={run.state} /> },
      { key: 'time', title: t('runs.time'), sort: 'time', show: (run) => <When at={run.started ?? run.created} /> },
      { key: 'length', title: t('runs.length'), number: true, less: true, show: (run) => run.seconds !== undefined && format.duration(run.seconds) },
      { key: 'read', title: t('backups.read'), sort: 'read', number: true, less: true, show: (run) => format.bytes(run.bytesRead) },
      { key: 'stored', title: t('backups.stored'), sort: 'stored', number: true, less: true, show: (run) => format.bytes(run.bytesStored) },
      {
        key: 'policy',
        title: t('backups.policy'),
        less: true,
        show: ({ policy }) => (policy === undefined ? t('backups.noPolicy') : (policies.get(policy) ?? t('backups.deletedPolicy'))),
      },
      {
        key: 'problem',
        title: t('runs.cause'),
        less: true,
        show: (run) => (
          <span className="sp-cut" title={run.problem}>
            <Said>{run.problem}</Said>
          </span>
        ),
      },
    ],
    [t, format, policies],
  );
}
