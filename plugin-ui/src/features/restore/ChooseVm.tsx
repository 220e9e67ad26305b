import { Button, TextInput } from '@patternfly/react-core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/context';
import type { Protection } from '../../api/types';
import { vmsPage } from '../../api/vms';
import type { Column } from '../../shared/DataTable';
import { PagedTable } from '../../shared/PagedTable';
import { Empty } from '../../shared/states';
import { Status } from '../../shared/Status';
import { useDebounced } from '../../shared/useDebounced';
import { given } from '../../shared/useUrlFilters';
import { When } from '../../shared/When';

const PAUSE = 300;
const PAGE = 200;

/** Which VM: those that have points, also those that are gone. */
export function ChooseVm({ onChosen }: { onChosen: (vm: string) => void }) {
  const { t } = useTranslation();
  const { api, host } = useSession();
  const site = host.site();
  const [name, setName] = useState('');
  const wanted = useDebounced(name.trim(), PAUSE);
  const columns = useMemo<Column<Protection>[]>(
    () => [
      {
        key: 'name',
        title: t('backups.vm'),
        show: (vm) => (
          <Button variant="link" isInline onClick={() => onChosen(vm.vm)}>
            {vm.name}
          </Button>
        ),
      },
      { key: 'state', title: t('backups.state'), less: true, show: (vm) => <Status state={vm.state} /> },
      { key: 'points', title: t('vm.points'), number: true, show: (vm) => vm.figures.points },
      { key: 'last', title: t('vm.last'), show: (vm) => <When at={vm.lastPoint} /> },
    ],
    [t, onChosen],
  );
  return (
    <>
      <div className="sp-row sp-bar" role="search">
        <TextInput type="search" aria-label={t('backups.vm')} placeholder={t('backups.vm')} value={name} onChange={(_, text) => setName(text)} />
      </div>
      <PagedTable
        label={t('restore.chooseVm')}
        queryKey={['protection', site, 'with-points', wanted]}
        page={(after) => vmsPage(api, site, { withPoints: true, limit: PAGE, ...given({ name: wanted, after }) })}
        columns={columns}
        id={(vm) => vm.vm}
        filtered={wanted !== ''}
        empty={<Empty title={t('restore.nothing')} text={t('restore.nothingText')} />}
      />
    </>
  );
}
