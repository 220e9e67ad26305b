import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCaller } from '../api/caller';
import { Denied, Loaded } from './states';

/** A page that only administrators of the site may see: others are told so, and who gives that right. */
export function AdministratorsOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Loaded query={useCaller()}>
      {({ administrator }) => (administrator ? children : <Denied cause={t('state.administrators')} remedy={t('state.administratorsRemedy')} />)}
    </Loaded>
  );
}
