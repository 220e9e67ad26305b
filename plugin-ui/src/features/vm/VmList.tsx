import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Protection } from '../../api/types';
import { type Column, DataTable } from '../../shared/DataTable';
import { ChoiceFilter, FilterBar, TextFilter } from '../../shared/FilterBar';
import { Empty } from '../../shared/states';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { useUrlFilters } from '../../shared/useUrlFilters';
import { When } from '../../shared/When';
import { chosenVms } from './chosenVms';

const USUAL = { name: '', state: '', sort: 'name' } as const;
const STATES = ['unprotected', 'waiting', 'protected', 'gone'] as const;

/** Every VM of the site: is it protected, by what, since when. */
export function VmList({ vms }: { vms: readonly Protection[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { values, set, clear, changed } = useUrlFilters(USUAL);
  const rows = useMemo(() => chosenVms(vms, values), [vms, values]);
  const columns = useMemo<Column<Protection>[]>(
    () => [
      { key: 'name', title: t('backups.vm'), sort: 'name', show: (vm) => <Link to={`/vm/${vm.vm}`}>{vm.name}</Link> },
      { key: 'state', title: t('backups.state'), show: (vm) => <Status state={vm.state} title={vm.reason} /> },
      {
        key: 'why',
        title: t('backups.why'),
        less: true,
        show: (vm) => (
          <span className="sp-cut" title={vm.reason}>
            {vm.reason}
          </span>
        ),
      },
      { key: 'last', title: t('vm.last'), sort: 'last', show: (vm) => <When at={vm.lastPoint} /> },
      { key: 'next', title: t('policies.next'), sort: 'next', less: true, show: (vm) => <When at={vm.nextStart} /> },
      { key: 'points', title: t('vm.points'), sort: 'points', number: true, less: true, show: (vm) => vm.figures.points },
      { key: 'own', title: t('overview.part.unique'), sort: 'own', number: true, less: true, show: (vm) => format.bytes(vm.figures.bytesUnique) },
    ],
    [t, format],
  );
  return (
    <>
      <FilterBar changed={changed} onClear={clear}>
        <TextFilter label={t('backups.vm')} value={values.name} onChange={(name) => set('name', name)} />
        <ChoiceFilter
          label={t('backups.state')}
          value={values.state}
          onChange={(state) => set('state', state)}
          options={[['', t('backups.anyState')], ...STATES.map((state) => [state, t(`stateName.${state}`)] as const)]}
        />
        <span className="sp-subtle">{t('vm.count', { count: rows.length })}</span>
      </FilterBar>
      {rows.length === 0 ? (
        <Empty title={t(changed ? 'table.noneFits' : 'vm.none')} text={t(changed ? 'table.noneFitsText' : 'vm.noneText')} />
      ) : (
        <DataTable
          label={t('vm.title')}
          columns={columns}
          rows={rows}
          id={(vm) => vm.vm}
          sort={values.sort}
          onSort={(sort) => set('sort', sort)}
        />
      )}
    </>
  );
}
