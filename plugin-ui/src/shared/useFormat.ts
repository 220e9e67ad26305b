import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/context';
import { languageOf } from '../i18n';
import * as format from './format';

/** The user's own zone; everything is stored in UTC. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Amounts and times in the language and zone of the user. */
export function useFormat() {
  const { i18n } = useTranslation();
  const { host } = useSession();
  const shown = i18n.resolvedLanguage ?? 'en';
  // The host's tag knows the country too, and so how its dates are written; but only of the language that is shown.
  const language = languageOf(host.locale()) === shown && /^[a-z]{2}(-|$)/i.test(host.locale()) && host.locale().startsWith(shown) ? host.locale() : shown;
  return useMemo(
    () => ({
      bytes: (amount: number) => format.bytes(amount, language),
      rate: (amount: number) => format.rate(amount, language),
      number: (value: number, digits?: number) => format.number(value, language, digits),
      duration: (seconds: number) => format.duration(seconds, language),
      time: (instant: string, zone = ZONE) => format.time(instant, language, zone),
      day: (instant: string, zone = ZONE) => format.day(instant, language, zone),
      clock: (instant: string, zone = ZONE) => format.clock(instant, language, zone),
      date: (isoDate: string) => format.date(isoDate, language),
      weekday: (isoDate: string) => format.weekday(isoDate, language),
      ago: (instant: string, now = Date.now()) => format.ago(instant, now, language),
    }),
    [language],
  );
}
