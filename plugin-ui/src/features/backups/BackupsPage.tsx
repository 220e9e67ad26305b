import { Button } from '@patternfly/react-core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAdministrator } from '../../api/caller';
import { useSession } from '../../api/context';
import { usePolicyNames } from '../../api/policies';
import type { PointLine } from '../../api/types';
import { PagedTable } from '../../shared/PagedTable';
import { PageHead } from '../../shared/PageHead';
import { Empty } from '../../shared/states';
import { useUrlFilters } from '../../shared/useUrlFilters';
import { BackupFilterBar } from './BackupFilterBar';
import { useBackupColumns } from './columns';
import { DeleteBackups } from './DeleteBackups';
import { pointsPage, pointsQuery, USUAL } from './useBackups';

/** Every backup there is, and what can be done with some of them at once. */
export default function BackupsPage() {
  const { t } = useTranslation();
  const { api } = useSession();
  const filters = useUrlFilters(USUAL);
  const [chosen, setChosen] = useState<ReadonlyMap<string, PointLine>>(new Map());
  const [deleting, setDeleting] = useState(false);
  const administrator = useAdministrator();
  const columns = useBackupColumns(usePolicyNames());
  const toggle = useCallback((point: PointLine, on: boolean) => {
    setChosen((before) => {
      const after = new Map(before);
      if (on) {
        after.set(point.id, point);
      } else {
        after.delete(point.id);
      }
      return after;
    });
  }, []);
  return (
    <div className="sp-page">
      <PageHead title={t('backups.title')}>
        {administrator && (
          <Button variant="secondary" isDanger isDisabled={chosen.size === 0} onClick={() => setDeleting(true)}>
            {t('backups.delete', { count: chosen.size })}
          </Button>
        )}
      </PageHead>
      <BackupFilterBar {...filters} />
      <PagedTable
        label={t('backups.title')}
        queryKey={['points', 'list', filters.values]}
        page={(after) => pointsPage(api, pointsQuery(filters.values, after))}
        columns={columns}
        id={(point) => point.id}
        sort={filters.values.sort}
        onSort={(sort) => filters.set('sort', sort)}
        selection={administrator ? { has: (point) => chosen.has(point.id), toggle, name: (point) => `${point.vmName} ${point.time}` } : undefined}
        filtered={filters.changed}
        empty={<Empty title={t('backups.none')} text={t('backups.noneText')} action={administrator && <Link to="/policies/new">{t('overview.protect')}</Link>} />}
      />
      {deleting && (
        <DeleteBackups
          points={[...chosen.keys()]}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            setDeleting(false);
            setChosen(new Map());
          }}
        />
      )}
    </div>
  );
}
