import { useTranslation } from 'react-i18next';
import type { Run } from '../api/types';
import { progressOf } from './runProgress';
import { Track } from './Track';
import { useFormat } from './useFormat';
import { useNow } from './useNow';

/** How far a run is, its rate, and the time left where it can be told. */
export function RunProgress({ run }: { run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { done, total, waiting, bytesPerSecond, secondsLeft } = progressOf(run, useNow(1000));
  const words = [
    // How much there is to read is known once the snapshot is made.
    total === 0 ? undefined : t('run.moved', { done: format.bytes(done), total: format.bytes(total) }),
    bytesPerSecond === undefined ? undefined : format.rate(bytesPerSecond),
    secondsLeft === undefined ? undefined : t('run.left', { time: format.duration(secondsLeft) }),
    waiting > 0 ? t('run.vmsWait', { count: waiting }) : undefined,
  ];
  return (
    <>
      <Track done={done} total={total} label={t('run.progress')} />
      <span className="sp-subtle">{words.filter((word) => word !== undefined).join(' · ')}</span>
    </>
  );
}
