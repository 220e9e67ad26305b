import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../api/types';
import { DAYS, ORDINALS } from './draft';

const WIDTH = 2;

/** A schedule in words: `weekly on Mon, Fri at 22:00 (Europe/Berlin)`. */
export function useScheduleText(): (schedule: Schedule | undefined) => string {
  const { t } = useTranslation();
  return (schedule) => {
    if (schedule === undefined) {
      return t('policies.onlyByHand');
    }
    const at = { hour: `${String(schedule.hour).padStart(WIDTH, '0')}:00`, zone: schedule.zone ?? 'UTC' };
    switch (schedule.type) {
      case 'one-time':
        return t('policies.once', { ...at, day: schedule.start ?? '' });
      case 'daily':
        return t('policies.daily', at);
      case 'weekly':
        return t('policies.weekly', { ...at, days: (schedule.weekdays ?? []).map((day) => t(`day.short.${day}`)).join(', ') });
      case 'monthly':
        return t('policies.monthly', { ...at, on: onText(schedule.on ?? '') });
    }
  };

  function onText(on: string): string {
    const [first = '', second] = on.split(' ');
    const ordinal = ORDINALS.find((one) => one === first);
    const day = DAYS.find((one) => one === second);
    if (ordinal && day) {
      return t('policies.ordinalDay', { ordinal: t(`ordinal.${ordinal}`), day: t(`day.long.${day}`) });
    }
    return first === 'last' ? t('policies.lastDay') : t('policies.dayOfMonth', { day: first });
  }
}
