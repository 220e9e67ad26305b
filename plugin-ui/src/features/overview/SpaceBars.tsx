import { Chart, ChartAxis, ChartBar, ChartStack, ChartTooltip } from '@patternfly/react-charts/victory';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api/types';
import { ticks } from './ticks';
import { useFormat } from '../../shared/useFormat';
import { useWidth } from '../../shared/useWidth';

type LargeVm = Overview['largest'][number];

const PARTS = [
  ['unique', 'bytesUnique', 'var(--sp-needed)'],
  ['shared', 'bytesShared', 'var(--sp-shared)'],
  ['reclaimable', 'bytesReclaimable', 'var(--sp-reclaimable)'],
] as const;

const LINE = 22;
const NARROW = 500;
const LABEL = { fontFamily: 'inherit', fontSize: 11, fill: 'var(--sp-text)' };
const AXIS = { tickLabels: LABEL, axis: { stroke: 'var(--sp-line)' }, grid: { stroke: 'var(--sp-line)' }, ticks: { stroke: 'var(--sp-line)' } };

export default function SpaceBars({ vms }: { vms: readonly LargeVm[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [box, width] = useWidth(1000);
  // A chart on its side begins at the bottom.
  const upwards = [...vms].reverse();
  return (
    <div ref={box}>
      <ul className="sp-legend sp-row">
        {PARTS.map(([part, , colour]) => (
          <li key={part}>
            <i style={{ background: colour }} /> {t(`overview.part.${part}`)}
          </li>
        ))}
      </ul>
      <Chart
        horizontal
        ariaTitle={t('overview.space')}
        height={vms.length * LINE + 50}
        width={width}
        padding={{ left: width < NARROW ? 90 : 150, right: 30, top: 4, bottom: 30 }}
        domainPadding={{ x: LINE / 2 }}
      >
        <ChartAxis style={AXIS} tickFormat={(name: string) => (short(name, width < NARROW ? 13 : 22))} tickValues={upwards.map((vm) => vm.name)} />
        <ChartAxis style={AXIS} dependentAxis showGrid tickFormat={(amount: number) => format.bytes(amount)} tickValues={ticks(Math.max(...vms.map((vm) => vm.bytesUnique + vm.bytesShared + vm.bytesReclaimable))).filter((_, index) => width >= NARROW || index % 2 === 0)} />
        <ChartStack>
          {PARTS.map(([part, figure, colour]) => (
            <ChartBar
              key={part}
              barWidth={12}
              style={{ data: { fill: colour, strokeWidth: 0 } }}
              labelComponent={<ChartTooltip constrainToVisibleArea />}
              data={upwards.map((vm) => ({
                x: vm.name,
                y: vm[figure],
                label: `${vm.name}\n${t(`overview.part.${part}`)}: ${format.bytes(vm[figure])}`,
              }))}
            />
          ))}
        </ChartStack>
      </Chart>
    </div>
  );
}

function short(name: string, letters: number): string {
  return name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
}
