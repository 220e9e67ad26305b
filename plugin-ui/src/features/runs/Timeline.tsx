import { useTranslation } from 'react-i18next';
import type { GroupReport, Run } from '../../api/types';
import { percent } from '../../shared/format';
import { Said } from '../../shared/Said';
import { useFormat } from '../../shared/useFormat';
import { type Bar, saved, timeline } from './timeline';

/** How long each VM stood under its snapshot, in the order in which they were read, and what that cost. */
export function Timeline({ run, report }: { run: Run; report: GroupReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { bars, seconds } = timeline(run);
  return (
    <section>
      <h2 className="sp-section">{t('runs.order')}</h2>
      <p>{t('runs.orderText', { order: t(`order.${report.order}`), by: t(`orderBy.${report.by}`), count: report.readers })}</p>
      <div className="sp-lines" role="list" aria-label={t('runs.order')}>
        {bars.map((bar) => (
          <Line key={bar.vm} bar={bar} seconds={seconds} />
        ))}
      </div>
      <ul className="sp-legend sp-row">
        <li>
          <i style={{ background: 'var(--sp-shared)' }} /> {t('runs.held')}
        </li>
        <li>
          <i style={{ background: 'var(--sp-needed)' }} /> {t('runs.reading')}
        </li>
      </ul>
      <p>
        <Cost
          text={t('runs.snapshotSeconds', {
            seconds: format.number(report.cost.snapshotSeconds, 1),
            fifo: format.number(report.fifoCost.snapshotSeconds, 1),
          })}
          share={saved(report.cost.snapshotSeconds, report.fifoCost.snapshotSeconds)}
        />
        <br />
        <Cost
          text={t('runs.loadSeconds', { load: format.bytes(report.cost.loadSeconds), fifo: format.bytes(report.fifoCost.loadSeconds) })}
          share={saved(report.cost.loadSeconds, report.fifoCost.loadSeconds)}
        />
      </p>
    </section>
  );
}

function Cost({ text, share }: { text: string; share: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const part = format.number(Math.abs(100 * share), 0);
  return (
    <>
      {text}{' '}
      <span className="sp-subtle">
        {Math.abs(share) < 0.005 ? t('runs.same') : share > 0 ? t('runs.less', { part }) : t('runs.more', { part })}
      </span>
    </>
  );
}

function Line({ bar, seconds }: { bar: Bar; seconds: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const waited = bar.held - bar.read;
  return (
    <div className="sp-line" role="listitem">
      <span className="sp-cut" title={bar.reason}>
        {bar.vm}
      </span>
      <span className="sp-track sp-held" title={t('runs.bar', { held: format.duration(bar.held), read: format.duration(bar.read) })}>
        <span
          style={{ insetInlineStart: `${percent(bar.start, seconds)}%`, width: `${percent(waited, seconds)}%`, background: 'var(--sp-shared)' }}
        />
        <span style={{ insetInlineStart: `${percent(bar.start + waited, seconds)}%`, width: `${percent(bar.read, seconds)}%` }} />
      </span>
      <span className="sp-subtle">
        {format.duration(bar.held)} · <Said>{bar.reason}</Said>
      </span>
    </div>
  );
}
