import { Table, Tbody, Th, Thead, Tr } from '@patternfly/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly show: (row: Row) => ReactNode;
  /** By what the server sorts; without it the column does not sort. */
  readonly sort?: string;
  readonly number?: boolean;
  /** The title is only read out. */
  readonly hidden?: boolean;
  /** Left out on a small screen. */
  readonly less?: boolean;
}

interface Selection<Row> {
  readonly has: (row: Row) => boolean;
  readonly toggle: (row: Row, on: boolean) => void;
  readonly name: (row: Row) => string;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly id: (row: Row) => string;
  /** `name`, or `-name` for descending. */
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  readonly selection?: Selection<Row> | undefined;
  /** How many rows there are, with those that did not come yet. */
  readonly total?: number;
  /** Called when the last rows come into sight. */
  readonly onEnd?: () => void;
}

const ROW = 27;

/** A dense table of which only what is in sight is drawn: 10,000 rows scroll as ten do, with the page's own bar. */
export function DataTable<Row>({ label, columns, rows, id, sort, onSort, selection, total = rows.length, onEnd }: Props<Row>) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    setOffset((box.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => ROW, overscan: 12, scrollMargin: offset });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 1) {
      onEnd?.();
    }
  }, [last, rows.length, onEnd]);
  const above = (shown[0]?.start ?? offset) - offset;
  const below = virtual.getTotalSize() - ((shown.at(-1)?.end ?? offset) - offset);
  const width = columns.length + (selection ? 1 : 0);
  return (
    <div ref={box} className="sp-wide">
      <Table aria-label={label} variant="compact" gridBreakPoint="" aria-rowcount={total}>
        <Thead>
          <Tr>
            {selection && <Th screenReaderText={t('table.select')} />}
            {columns.map((column, index) => (
              <Th
                key={column.key}
                modifier="nowrap"
                className={classOf(column)}
                {...sorting(column, index, sort, onSort)}
                {...(column.hidden ? { screenReaderText: column.title } : {})}
              >
                {!column.hidden && column.title}
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {above > 0 && <Spacer height={above} width={width} />}
          {shown.map(({ index }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <Line
                  key={id(row)}
                  row={row}
                  index={index}
                  columns={columns}
                  selection={selection}
                  selected={selection?.has(row) ?? false}
                />
              )
            );
          })}
          {below > 0 && <Spacer height={below} width={width} />}
        </Tbody>
      </Table>
    </div>
  );
}

interface LineProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly selection: Selection<Row> | undefined;
  readonly selected: boolean;
}

/**
 * One row, drawn anew only when it changed. PatternFly's own cells each measure themselves for a tooltip, which makes
 * fast scrolling stutter; these are plain ones that look the same.
 */
const Line = memo(PlainLine, (before, after) => {
  return before.row === after.row && before.columns === after.columns && before.selected === after.selected && before.index === after.index;
}) as typeof PlainLine;

function PlainLine<Row>({ row, index, columns, selection, selected }: LineProps<Row>) {
  const { t } = useTranslation();
  return (
    <tr className="pf-v6-c-table__tr" aria-rowindex={index + 1}>
      {selection && (
        <td className="pf-v6-c-table__td pf-v6-c-table__check">
          <input
            type="checkbox"
            aria-label={t('table.selectOne', { name: selection.name(row) })}
            checked={selected}
            onChange={(event) => selection.toggle(row, event.target.checked)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} className={`pf-v6-c-table__td ${classOf(column)}`}>
          {column.show(row)}
        </td>
      ))}
    </tr>
  );
}

function Spacer({ height, width }: { height: number; width: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={width} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function classOf<Row>({ number, less }: Column<Row>): string {
  return [number ? 'sp-number' : '', less ? 'sp-less' : ''].join(' ').trim();
}

function sorting<Row>({ sort: by }: Column<Row>, index: number, sort = '', onSort?: (sort: string) => void) {
  if (by === undefined || !onSort) {
    return {};
  }
  const falling = sort === `-${by}`;
  return {
    sort: {
      columnIndex: index,
      sortBy: { ...(sort === by || falling ? { index } : {}), direction: falling ? 'desc' : 'asc' } as const,
      onSort: () => onSort(falling ? by : `-${by}`),
    },
  };
}
