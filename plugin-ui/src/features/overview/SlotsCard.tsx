import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Week } from '../../api/types';
import { Panel } from '../../shared/Panel';
import { Loaded } from '../../shared/states';
import { utc } from '../../shared/format';
import { useFormat } from '../../shared/useFormat';
import { useWeek } from './useOverview';

const HOURS = 24;

/** Which policies start within a day, hour by hour. */
export function SlotsCard() {
  const { t } = useTranslation();
  return (
    <Panel title={t('overview.slots')} span={6} action={<Link to="/planner">{t('overview.planner')}</Link>}>
      <Loaded query={useWeek()}>{(week) => <Hours week={week} />}</Loaded>
    </Panel>
  );
}

function Hours({ week }: { week: Week }) {
  const { t } = useTranslation();
  const format = useFormat();
  const hours = week.items.slice(0, HOURS);
  const next = hours.flatMap((hour) => hour.starts.map((start) => ({ hour, start })));
  return (
    <>
      <div className="sp-hours" aria-hidden="true">
        {hours.map((hour, index) => (
          <span key={hour.begin} title={`${utc(hour.begin)}: ${hour.load}/${week.capacity}`}>
            <i style={{ height: `${Math.min(100, (100 * hour.load) / Math.max(4, week.capacity))}%` }} data-busy={hour.load > 0} />
            <small>{index % 3 === 0 ? format.clock(hour.begin) : ''}</small>
          </span>
        ))}
      </div>
      {next.length === 0 && <p className="sp-subtle">{t('overview.noSlots')}</p>}
      <ul className="sp-list">
        {next.slice(0, 5).map(({ hour, start }) => (
          <li key={`${start.policy}${hour.begin}`}>
            <time dateTime={hour.begin} title={utc(hour.begin)}>
              {format.clock(hour.begin)}
            </time>{' '}
            <Link to={`/policies/${start.policy}`}>{start.name}</Link>{' '}
            <span className="sp-subtle">
              {start.predictedSeconds === undefined
                ? t('overview.lengthUnknown')
                : t('overview.length', { time: format.duration(start.predictedSeconds) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
