import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/Panel';
import { Loaded, Loading } from '../../shared/states';
import { largest } from './space';
import { useOverview } from './useOverview';

const SpaceBars = lazy(() => import('./SpaceBars'));
const SHOWN = 12;

/** What each VM's points take: its own, what it shares, what a collection would free. */
export function SpaceCard() {
  const { t } = useTranslation();
  return (
    <Panel title={t('overview.space')}>
      <Loaded query={useOverview()}>
        {(overview) =>
          overview.largest.length === 0 ? (
            <p className="sp-subtle">{t('overview.noSpace')}</p>
          ) : (
            <Suspense fallback={<Loading />}>
              <SpaceBars vms={largest(overview.largest, SHOWN)} />
            </Suspense>
          )
        }
      </Loaded>
    </Panel>
  );
}
