import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../../api/context';
import { usePolicyNames } from '../../api/policies';
import type { Protection } from '../../api/types';
import { Facts } from '../../shared/Facts';
import { PagedTable } from '../../shared/PagedTable';
import { PageHead } from '../../shared/PageHead';
import { mayRestore } from '../../shared/rights';
import { Empty } from '../../shared/states';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';
import { Why } from '../../shared/Why';
import { useBackupColumns } from '../backups/columns';
import { pointsPage } from '../backups/useBackups';
import { LastRun } from './LastRun';
import { useBackUpNow } from './useBackUpNow';

const PAGE = 200;

/** One VM: is it protected and by what, what runs, and its points. */
export function VmDetails({ vm }: { vm: Protection }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const format = useFormat();
  const navigate = useNavigate();
  const backUp = useBackUpNow(vm);
  const columns = useBackupColumns(usePolicyNames(), false);
  const { figures, rights } = vm;
  const mayBackUp = rights.includes('back_up');
  const restorable = mayRestore(rights);
  return (
    <>
      <PageHead up="vm" title={vm.name}>
        {vm.state !== 'gone' && mayBackUp && (
          <Button isDisabled={backUp.busy} isLoading={backUp.busy} onClick={() => backUp.run(undefined)}>
            {t('vm.backUpNow')}
          </Button>
        )}
        {restorable && (
          <Button variant="secondary" isDisabled={figures.points === 0} onClick={() => void navigate(`/restore?vm=${vm.vm}`)}>
            {t('restore.actionDots')}
          </Button>
        )}
      </PageHead>
      <Facts
        items={[
          [
            t('overview.protection'),
            <>
              <Status state={vm.state} /> <span className="sp-subtle"><Why of={vm} /></span>{' '}
              {vm.state === 'unprotected' && rights.includes('administer') && <Link to={`/policies/new?vm=${vm.vm}`}>{t('vm.protect')}</Link>}
            </>,
          ],
          vm.policies.length === 0 ? undefined : [t('policies.title'), <PolicyLinks policies={vm.policies} />],
          [t('vm.last'), vm.lastPoint === undefined ? t('vm.never') : <When at={vm.lastPoint} both />],
          vm.nextStart === undefined ? undefined : [t('policies.next'), <When at={vm.nextStart} both />],
          mayBackUp && restorable ? undefined : [t('vm.rights'), t(mayBackUp ? 'vm.rightsBackUp' : restorable ? 'vm.rightsRestore' : 'vm.rightsNone')],
          [t('vm.lastRun'), <LastRun vm={vm.vm} />],
          [
            t('vm.takes'),
            t('vm.takesText', {
              own: format.bytes(figures.bytesUnique),
              shared: format.bytes(figures.bytesShared),
              reclaimable: format.bytes(figures.bytesReclaimable),
            }),
          ],
          figures.bytesGrowthPerDay === undefined ? undefined : [t('vm.grows'), t('vm.perDay', { bytes: format.bytes(figures.bytesGrowthPerDay) })],
        ]}
      />
      <h2 className="sp-section">{t('vm.points')}</h2>
      <PagedTable
        label={t('vm.points')}
        queryKey={['points', 'list', 'vm', vm.vm]}
        page={(after) => pointsPage(api, { vm: vm.vm, sort: '-time', limit: PAGE, ...(after === undefined ? {} : { after }) })}
        columns={columns}
        id={(point) => point.id}
        filtered={false}
        empty={<Empty title={t('restore.noPoints')} text={t('vm.noPointsText')} />}
      />
    </>
  );
}

function PolicyLinks({ policies }: { policies: Protection['policies'] }) {
  return (
    <span className="sp-row">
      {policies.map(({ id, name }) => (
        <Link key={id} to={`/policies/${id}`}>
          {name}
        </Link>
      ))}
    </span>
  );
}
