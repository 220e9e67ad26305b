import { Button } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/context';
import type { PointLine } from '../../api/types';
import { type Column, DataTable } from '../../shared/DataTable';
import { utc } from '../../shared/format';
import { Empty, Loaded } from '../../shared/states';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';
import { pointsPage } from '../backups/useBackups';
import { places } from './places';

const SHOWN = 500;

/** The points in time to which a VM can go back: on a line, and listed. */
export function PointTimeline({ vm, onChosen }: { vm: string; onChosen: (point: string) => void }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const points = useQuery({ queryKey: ['points', 'of', vm], queryFn: () => pointsPage(api, { vm, sort: '-time', limit: SHOWN }) });
  return (
    <Loaded query={points}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('restore.noPoints')} text={t('restore.nothingText')} />
        ) : (
          <>
            <h2 className="sp-section">{t('restore.choosePoint', { vm: items[0]?.vmName ?? '' })}</h2>
            <TimeLine items={items} onChosen={onChosen} />
            <PointTable items={items} onChosen={onChosen} />
          </>
        )
      }
    </Loaded>
  );
}

function TimeLine({ items, onChosen }: { items: readonly PointLine[]; onChosen: (point: string) => void }) {
  const format = useFormat();
  const oldest = items.at(-1);
  const newest = items[0];
  return (
    // The table below says the same to who cannot point at a dot.
    <div className="sp-timeline" aria-hidden="true">
      <div>
        {places(items).map(({ point, percent }) => (
          <button
            key={point.id}
            type="button"
            tabIndex={-1}
            title={`${format.time(point.time)} · ${utc(point.time)}`}
            style={{ insetInlineStart: `${percent}%` }}
            data-full={point.mode === 'full'}
            onClick={() => onChosen(point.id)}
          />
        ))}
      </div>
      <span>{oldest && format.time(oldest.time)}</span>
      <span>{newest && newest !== oldest && format.time(newest.time)}</span>
    </div>
  );
}

function PointTable({ items, onChosen }: { items: readonly PointLine[]; onChosen: (point: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = useMemo<Column<PointLine>[]>(
    () => [
      {
        key: 'time',
        title: t('backups.time'),
        show: (point) => (
          <Button variant="link" isInline onClick={() => onChosen(point.id)}>
            <When at={point.time} />
          </Button>
        ),
      },
      { key: 'ago', title: t('restore.age'), less: true, show: (point) => format.ago(point.time) },
      { key: 'state', title: t('backups.state'), show: (point) => <Status state={point.state} /> },
      { key: 'consistency', title: t('backups.consistency'), less: true, show: (point) => t(`backups.consistent.${point.consistency}`) },
      { key: 'size', title: t('backups.size'), number: true, show: (point) => format.bytes(point.bytesVirtual) },
    ],
    [t, format, onChosen],
  );
  return <DataTable label={t('restore.points')} columns={columns} rows={items} id={(point) => point.id} />;
}
