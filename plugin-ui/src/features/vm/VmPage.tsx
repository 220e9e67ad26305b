import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../../api/context';
import { asProblem } from '../../api/problem';
import { useVm } from '../../api/vms';
import { PageHead } from '../../shared/PageHead';
import { Empty, Loaded } from '../../shared/states';
import { VmDetails } from './VmDetails';
import { VmList } from './VmList';

const NOT_FOUND = 404;

/** The tab of one VM. After a reload of the portal it is told of none: then all are shown to choose from. */
export default function VmPage() {
  const { t } = useTranslation();
  const { host } = useSession();
  const { vm = host.selectedVm() } = useParams();
  const found = useVm(vm);
  if (vm === undefined) {
    return (
      <div className="sp-page">
        <PageHead title={t('vm.title')} />
        <VmList />
      </div>
    );
  }
  return (
    <div className="sp-page">
      {found.isError && asProblem(found.error).status === NOT_FOUND ? (
        <Empty title={t('vm.notThere')} text={t('vm.notThereText')} />
      ) : (
        <Loaded query={found}>{(one) => <VmDetails key={vm} vm={one} />}</Loaded>
      )}
    </div>
  );
}
