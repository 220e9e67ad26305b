import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PointLine } from '../../api/types';
import type { Column } from '../../shared/DataTable';
import { mayRestore } from '../../shared/rights';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';

/** What a line of a backup says. */
export function useBackupColumns(policies: ReadonlyMap<string, string>, withVm = true): Column<PointLine>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const columns: (Column<PointLine> | undefined)[] = [
      withVm ? { key: 'vm', title: t('backups.vm'), sort: 'vm', show: (point) => <Link to={`/backups/${point.id}`}>{point.vmName}</Link> } : undefined,
      {
        key: 'time',
        title: t('backups.time'),
        sort: 'time',
        show: (point) => (withVm ? <When at={point.time} /> : <Link to={`/backups/${point.id}`}>{<When at={point.time} />}</Link>),
      },
      { key: 'mode', title: t('backups.mode'), less: true, show: (point) => t(`backups.modes.${point.mode}`) },
      { key: 'state', title: t('backups.state'), less: true, show: (point) => <Status state={point.state} /> },
      { key: 'consistency', title: t('backups.consistency'), less: true, show: (point) => t(`backups.consistent.${point.consistency}`) },
      { key: 'size', title: t('backups.size'), sort: 'size', number: true, less: true, show: (point) => format.bytes(point.bytesVirtual) },
      { key: 'stored', title: t('backups.stored'), sort: 'stored', number: true, show: (point) => format.bytes(point.bytesStored) },
      {
        key: 'policy',
        title: t('backups.policy'),
        less: true,
        show: ({ policy }) => (policy === undefined ? t('backups.noPolicy') : (policies.get(policy) ?? t('backups.deletedPolicy'))),
      },
      {
        key: 'expires',
        title: t('backups.expires'),
        sort: 'expires',
        less: true,
        show: (point) => (point.held ? t('backups.isHeld') : <When at={point.expires} />),
      },
      { key: 'restore', title: t('restore.action'), hidden: true, show: (point) => mayRestore(point.rights) && <Link to={`/restore?point=${point.id}`}>{t('restore.action')}</Link> },
    ];
    return columns.filter((column) => column !== undefined);
  }, [t, format, policies, withVm]);
}
