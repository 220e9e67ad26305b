import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../api/context';
import type { Protection } from '../../api/types';
import { vmsPage } from '../../api/vms';
import type { Column } from '../../shared/DataTable';
import { ChoiceFilter, FilterBar, TextFilter } from '../../shared/FilterBar';
import { PagedTable } from '../../shared/PagedTable';
import { Empty } from '../../shared/states';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { useReasonText } from '../../shared/useReasonText';
import { useUrlFilters } from '../../shared/useUrlFilters';
import { When } from '../../shared/When';
import { Why } from '../../shared/Why';
import { STATES, USUAL, vmsQuery } from './vmsQuery';

function Name({ vm }: { vm: Protection }) {
  return (
    <Link to={`/vm/${vm.vm}`} title={vm.name}>
      {vm.name}
    </Link>
  );
}

/** Every VM of the site: is it protected, by what, since when. */
export function VmList() {
  const { t } = useTranslation();
  const { api, host } = useSession();
  const site = host.site();
  const format = useFormat();
  const why = useReasonText();
  const { values, set, clear, changed } = useUrlFilters(USUAL);
  const columns = useMemo<Column<Protection>[]>(
    () => [
      { key: 'name', title: t('backups.vm'), sort: 'name', show: (vm) => <Name vm={vm} /> },
      { key: 'state', title: t('backups.state'), show: (vm) => <Status state={vm.state} /> },
      {
        key: 'why',
        title: t('backups.why'),
        less: true,
        show: (vm) => (
          <span className="sp-cut" title={why(vm)}>
            <Why of={vm} />
          </span>
        ),
      },
      { key: 'last', title: t('vm.last'), sort: 'last', show: (vm) => <When at={vm.lastPoint} /> },
      { key: 'next', title: t('policies.next'), sort: 'next', less: true, show: (vm) => <When at={vm.nextStart} /> },
      { key: 'points', title: t('vm.points'), sort: 'points', number: true, less: true, show: (vm) => vm.figures.points },
      { key: 'own', title: t('overview.part.unique'), sort: 'own', number: true, less: true, show: (vm) => format.bytes(vm.figures.bytesUnique) },
    ],
    [t, format, why],
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
      </FilterBar>
      <PagedTable
        label={t('vm.title')}
        queryKey={['protection', site, 'list', values]}
        page={(after) => vmsPage(api, site, vmsQuery(values, after))}
        columns={columns}
        id={(vm) => vm.vm}
        sort={values.sort}
        onSort={(sort) => set('sort', sort)}
        filtered={changed}
        count={(count) => t('vm.count', { count })}
        empty={<Empty title={t('vm.none')} text={t('vm.noneText')} />}
      />
    </>
  );
}
