import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../shared/Panel';
import { Said } from '../../shared/Said';
import { Loaded, Loading } from '../../shared/states';
import { useFormat } from '../../shared/useFormat';
import { shares } from './space';
import { useOverview } from './useOverview';

const ReserveDonut = lazy(() => import('./ReserveDonut'));

/** How full the space for backups is, and when it will be full. */
export function ReserveCard() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('overview.reserve')} span={4} action={<Link to="/settings">{t('overview.resize')}</Link>}>
      <Loaded query={useOverview()}>
        {({ space, forecast }) => (
          <>
            <Suspense fallback={<Loading />}>
              <ReserveDonut shares={shares(space)} />
            </Suspense>
            <p>
              <strong>{forecast.fullOn
                  ? t('overview.fullOn', { date: format.date(forecast.fullOn) })
                  : t(forecast.bytesPerDay === undefined ? 'overview.growthUnknown' : 'overview.notFull')}</strong>{' '}
              <span className="sp-subtle"><Said>{forecast.reason}</Said></span>
            </p>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
