import { useTranslation } from 'react-i18next';
import type { Week, WeekHour } from '../../api/types';
import { utc } from '../../shared/format';
import { useFormat, ZONE } from '../../shared/useFormat';
import { calendar, type Day, shade } from './calendar';

interface Props {
  readonly week: Week;
  readonly chosen: string | undefined;
  readonly onChosen: (begin: string) => void;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function WeekTable({ week, chosen, onChosen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="sp-wide">
      <table className="sp-week" aria-label={t('planner.week')}>
        <thead>
          <tr>
            <th scope="col">{t('planner.day')}</th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                {String(hour).padStart(2, '0')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calendar(week.items, ZONE).map((day: Day) => (
            <tr key={day.date}>
              <th scope="row">{format.weekday(day.date)}</th>
              {day.hours.map((slots, hour) => (
                <td key={hour} data-shade={shade(slots, week.capacity)}>
                  {slots.map((slot) => (
                    <Cell key={slot.begin} slot={slot} capacity={week.capacity} chosen={slot.begin === chosen} onChosen={onChosen} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly slot: WeekHour;
  readonly capacity: number;
  readonly chosen: boolean;
  readonly onChosen: (begin: string) => void;
}

function Cell({ slot, capacity, chosen, onChosen }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = t('planner.hour', { time: format.time(slot.begin), load: slot.load, capacity });
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-label={label}
      title={[label, utc(slot.begin), ...slot.starts.map(({ name }) => name)].join('\n')}
      onClick={() => onChosen(slot.begin)}
    >
      {slot.load > 0 ? slot.load : ''}
    </button>
  );
}
