import { ChartDonut } from '@patternfly/react-charts/victory';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/useFormat';
import type { Share } from './space';

const COLOURS: Record<Share['name'], string> = {
  needed: 'var(--sp-needed)',
  reclaimable: 'var(--sp-reclaimable)',
  free: 'var(--sp-free)',
};

export default function ReserveDonut({ shares }: { shares: readonly Share[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = shares.reduce((sum, { bytes }) => sum + bytes, 0);
  const used = all - (shares.find(({ name }) => name === 'free')?.bytes ?? 0);
  const text = ({ name, bytes }: Share) => `${t(`overview.share.${name}`)} ${format.bytes(bytes)}`;
  return (
    <div className="sp-donut">
      <div className="sp-donut-ring">
      <ChartDonut
        ariaTitle={shares.map(text).join(', ')}
        data={shares.map((share) => ({ x: text(share), y: share.bytes }))}
        labels={({ datum }: { datum: { x: string } }) => datum.x}
        colorScale={shares.map(({ name }) => COLOURS[name])}
        height={150}
        width={150}
        padding={4}
        style={{ data: { strokeWidth: 0 } }}
      />
        <p>
          <strong>{format.number(all === 0 ? 0 : (100 * used) / all)} %</strong>
          {t('overview.ofSpace', { all: format.bytes(all) })}
        </p>
      </div>
      <ul className="sp-legend">
        {shares.map((share) => (
          <li key={share.name}>
            <i style={{ background: COLOURS[share.name] }} /> {text(share)}
          </li>
        ))}
      </ul>
    </div>
  );
}
