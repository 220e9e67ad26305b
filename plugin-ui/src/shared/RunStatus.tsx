import { useTranslation } from 'react-i18next';
import type { Run } from '../api/types';
import { Status } from './Status';

/** Where a run stands; one that is cancelled runs on until what cannot be broken off is through. */
export function RunStatus({ run }: { run: Run }) {
  const { t } = useTranslation();
  return run.cancelling ? <Status state={run.state} text={t('stateName.cancelling')} /> : <Status state={run.state} />;
}
