import { useTranslation } from 'react-i18next';
import type { RetentionPlan } from '../../api/types';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';
import { Why } from '../../shared/Why';

const SHOWN = 8;

/** What would be deleted now and why; then what stays longest to come. */
export function RetentionView({ plan }: { plan: RetentionPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const going = plan.items.filter(({ decision }) => decision === 'expire');
  const staying = plan.items.filter(({ decision }) => decision !== 'expire');
  return (
    <>
      <p>
        {plan.expiring === 0
          ? t('policies.nothingExpires', { count: staying.length })
          : t('policies.expiring', { count: plan.expiring, bytes: format.bytes(going.reduce((sum, point) => sum + point.bytesStored, 0)) })}
      </p>
      <ul className="sp-list">
        {[...going, ...staying].slice(0, SHOWN).map((point) => (
          <li key={point.point}>
            <strong>{t(point.decision === 'expire' ? 'policies.goes' : 'policies.stays')}</strong> {point.vmName} · <When at={point.time} />{' '}
            <span className="sp-subtle">
              <Why of={point} />
            </span>
          </li>
        ))}
        {plan.items.length > SHOWN && <li className="sp-subtle">{t('backups.andMore', { count: plan.items.length - SHOWN })}</li>}
      </ul>
    </>
  );
}
