import { useTranslation } from 'react-i18next';
import { useCaller } from '../../api/caller';
import { PageHead } from '../../shared/PageHead';
import { Loaded } from '../../shared/states';
import { BusyCard } from './BusyCard';
import { OwnCard } from './OwnCard';
import { ProtectionCard } from './ProtectionCard';
import { ReserveCard } from './ReserveCard';
import { SlotsCard } from './SlotsCard';
import { SpaceCard } from './SpaceCard';
import { TroubleCard } from './TroubleCard';

/** What is unprotected, what failed, how full it is, what runs and what comes. */
export default function OverviewPage() {
  const { t } = useTranslation();
  return (
    <div className="sp-page">
      <PageHead title={t('overview.title')} />
      <Loaded query={useCaller()}>
        {({ administrator }) =>
          administrator ? (
            <div className="sp-cards">
              <ProtectionCard />
              <TroubleCard />
              <ReserveCard />
              <BusyCard />
              <SlotsCard />
              <SpaceCard />
            </div>
          ) : (
            <div className="sp-cards">
              <OwnCard />
              <TroubleCard />
            </div>
          )
        }
      </Loaded>
    </div>
  );
}
