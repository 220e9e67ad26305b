import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../../api/context';
import { useProtection } from '../../api/vms';
import { PageHead } from '../../shared/PageHead';
import { Empty, Loaded } from '../../shared/states';
import { VmDetails } from './VmDetails';
import { VmList } from './VmList';

/** The tab of one VM. After a reload of the portal it is told of none: then all are shown to choose from. */
export default function VmPage() {
  const { t } = useTranslation();
  const { host } = useSession();
  const { vm = host.selectedVm() } = useParams();
  const protection = useProtection();
  if (vm === undefined) {
    return (
      <div className="sp-page">
        <PageHead title={t('vm.title')} />
        <Loaded query={protection}>{({ items }) => <VmList vms={items} />}</Loaded>
      </div>
    );
  }
  return (
    <div className="sp-page">
      <Loaded query={protection}>
        {({ items }) => {
          const found = items.find((one) => one.vm === vm);
          return found ? <VmDetails key={vm} vm={found} /> : <Empty title={t('vm.notThere')} text={t('vm.notThereText')} />;
        }}
      </Loaded>
    </div>
  );
}
