import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WeekHour } from '../../api/types';
import { Panel } from '../../shared/Panel';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';

/** What starts in an hour, and how long that will be. */
export function HourDetails({ hour, capacity }: { hour: WeekHour; capacity: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('planner.taken', { load: hour.load, capacity })}>
      <p>
        <When at={hour.begin} both />
        {hour.predictedSeconds > 0 && (
          <>
            {' · '}
            {t('planner.together', { time: format.duration(hour.predictedSeconds) })}
          </>
        )}
      </p>
      {hour.starts.length === 0 ? (
        <p className="sp-subtle">{t('planner.free')}</p>
      ) : (
        <ul className="sp-list">
          {hour.starts.map((start) => (
            <li key={start.policy}>
              <Link to={`/policies/${start.policy}`}>{start.name}</Link>{' '}
              <span className="sp-subtle">
                {start.predictedSeconds === undefined
                  ? t('overview.lengthUnknown')
                  : t('overview.length', { time: format.duration(start.predictedSeconds) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
