import { Button, TextInput } from '@patternfly/react-core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Protection } from '../../api/types';
import { useProtection } from '../../api/vms';
import { type Column, DataTable } from '../../shared/DataTable';
import { Empty, Loaded } from '../../shared/states';
import { Status } from '../../shared/Status';
import { When } from '../../shared/When';

/** Which VM: those that have points, also those that are gone. */
export function ChooseVm({ onChosen }: { onChosen: (vm: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
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
      { key: 'state', title: t('backups.state'), less: true, show: (vm) => <Status state={vm.state} title={vm.reason} /> },
      { key: 'points', title: t('vm.points'), number: true, show: (vm) => vm.figures.points },
      { key: 'last', title: t('vm.last'), show: (vm) => <When at={vm.lastPoint} /> },
    ],
    [t, onChosen],
  );
  return (
    <Loaded query={useProtection()}>
      {({ items }) => {
        const rows = items.filter((vm) => vm.figures.points > 0 && vm.name.toLowerCase().includes(name.toLowerCase()));
        return (
          <>
            <div className="sp-row sp-bar">
              <TextInput type="search" aria-label={t('backups.vm')} placeholder={t('backups.vm')} value={name} onChange={(_, text) => setName(text)} />
            </div>
            {rows.length === 0 ? (
              <Empty title={t('restore.nothing')} text={t('restore.nothingText')} />
            ) : (
              <DataTable label={t('restore.chooseVm')} columns={columns} rows={rows} id={(vm) => vm.vm} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}
