import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHead } from '../../shared/PageHead';
import { mayRestore } from '../../shared/rights';
import { Denied, Loaded } from '../../shared/states';
import { usePoint } from '../backups/useBackups';
import { ChooseVm } from './ChooseVm';
import { PointTimeline } from './PointTimeline';
import { RestoreWizard } from './RestoreWizard';

/** From a VM to a point in time to the restore. The choice is in the address: a link leads to any step of it. */
export default function RestorePage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const point = search.get('point') ?? undefined;
  const vm = search.get('vm') ?? undefined;
  return (
    <div className="sp-page">
      <PageHead up="backups" title={t('restore.title')} />
      {point !== undefined ? (
        <Chosen point={point} />
      ) : vm !== undefined ? (
        <PointTimeline vm={vm} onChosen={(chosen) => setSearch({ vm, point: chosen })} />
      ) : (
        <ChooseVm onChosen={(chosen) => setSearch({ vm: chosen })} />
      )}
    </div>
  );
}

function Chosen({ point }: { point: string }) {
  return <Loaded query={usePoint(point)}>{(found) => (mayRestore(found.rights) ? <RestoreWizard key={found.id} point={found} /> : <Refused vm={found.vmName} />)}</Loaded>;
}

function Refused({ vm }: { vm: string }) {
  const { t } = useTranslation();
  return <Denied title={t('restore.mayNot', { vm })} remedy={t('state.administratorsRemedy')} />;
}
