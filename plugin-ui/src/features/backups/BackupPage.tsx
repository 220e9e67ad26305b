import { Alert, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { usePolicyNames } from '../../api/policies';
import type { Point } from '../../api/types';
import { Facts } from '../../shared/Facts';
import { PageHead } from '../../shared/PageHead';
import { mayRestore } from '../../shared/rights';
import { Said } from '../../shared/Said';
import { Loaded } from '../../shared/states';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';
import { DeleteBackups } from './DeleteBackups';
import { Disks } from './Disks';
import { HoldFact } from './Hold';
import { OpenHelp } from './OpenHelp';
import { usePoint } from './useBackups';
import { Verify } from './Verify';

/** One backup: what it holds, why it was read as it was, and what can be done with it. */
export default function BackupPage() {
  const { t } = useTranslation();
  const { point = '' } = useParams();
  return (
    <div className="sp-page">
      <Loaded query={usePoint(point)} head={<PageHead up="backups" title={t('backups.title')} />}>{(found) => <Backup point={found} />}</Loaded>
    </div>
  );
}

function Backup({ point }: { point: Point }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const policies = usePolicyNames();
  const may = (right: NonNullable<Point['rights']>[number]) => point.rights?.includes(right) ?? false;
  return (
    <>
      <PageHead up="backups" title={t('backups.of', { vm: point.vmName, time: format.time(point.time) })}>
        {mayRestore(point.rights) && <Button onClick={() => void navigate(`/restore?point=${point.id}`)}>{t('restore.actionDots')}</Button>}
        {may('read_data') && <Verify point={point.id} />}
        {may('administer') && (
          <Button variant="secondary" isDanger onClick={() => setDeleting(true)}>
            {t('backups.deleteOne')}
          </Button>
        )}
      </PageHead>
      {point.leftOut.length > 0 && (
        <Alert component="p" isInline variant="warning" title={t('backups.leftOut')}>
          {point.leftOut.map((disk) => (
            <div key={disk.disk}>
              {disk.name}: <Said>{disk.reason}</Said>
            </div>
          ))}
        </Alert>
      )}
      <Facts
        items={[
          [t('backups.vm'), <Link to={`/vm/${point.vm}`}>{point.vmName}</Link>],
          [t('backups.time'), <When at={point.time} both />],
          [t('backups.consistency'), t(`backups.consistentLong.${point.consistency}`)],
          [t('backups.policy'), point.policy === undefined ? t('backups.noPolicy') : (policies.get(point.policy) ?? t('backups.deletedPolicy'))],
          [t('backups.run'), <Link to={`/runs/${point.run}`}>{t('backups.showRun')}</Link>],
          [t('backups.expires'), point.expires === undefined ? t('backups.neverExpires') : <When at={point.expires} both />],
          [t('backups.held'), <HoldFact point={point.id} fixed={!may('administer')} />],
          point.group && [
            t('backups.group'),
            t('backups.groupTime', { count: point.group.vms, skew: format.number(point.group.skewSeconds, 2) }),
          ],
          point.settings && [t('backups.hardware'), hardware(point, t, format)],
        ]}
      />
      <h2 className="sp-section">{t('backups.disks')}</h2>
      <Disks point={point} />
      <OpenHelp />
      {deleting && <DeleteBackups points={[point.id]} onClose={() => setDeleting(false)} onDeleted={() => void navigate('/backups')} />}
    </>
  );
}

function hardware(point: Point, t: ReturnType<typeof useTranslation>['t'], format: ReturnType<typeof useFormat>): string {
  const { hardware: made, nics, cluster } = point.settings ?? {};
  return made === undefined
    ? ''
    : t('backups.hardwareText', {
        cpus: made.sockets * made.coresPerSocket * made.threadsPerCore,
        memory: format.bytes(made.memoryBytes),
        nics: nics?.length ?? 0,
        cluster: cluster?.name ?? '',
      });
}
