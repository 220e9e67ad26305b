import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { type ComponentProps, type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';
import { DataTable } from './DataTable';
import { Empty, Loading, ProblemView } from './states';

interface Page<Row> {
  readonly items: Row[];
  readonly next?: string;
  /** How many there are on all pages, where the server counts them. */
  readonly total?: number;
}

interface Props<Row> extends Omit<ComponentProps<typeof DataTable<Row>>, 'rows' | 'onEnd'> {
  readonly queryKey: QueryKey;
  /** Asks for the page after that mark, or for the first. */
  readonly page: (after: string | undefined) => Promise<Page<Row>>;
  readonly refetchInterval?: number | false;
  /** Shown where there is nothing at all. */
  readonly empty: ReactNode;
  readonly filtered: boolean;
  /** In words, where the server counts. */
  readonly count?: (total: number) => string;
}

/** A list of any length: the server gives it page by page, as one scrolls. */
export function PagedTable<Row>({ queryKey, page, refetchInterval = false, empty, filtered, count, ...table }: Props<Row>) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<Row>) => last.next,
    refetchInterval,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (query.data === undefined) {
    return query.isError ? <ProblemView problem={asProblem(query.error)} again={() => void query.refetch()} /> : <Loading />;
  }
  const rows = query.data.pages.flatMap(({ items }) => items);
  const total = query.data.pages.at(-1)?.total;
  if (rows.length === 0) {
    return filtered ? <Empty title={t('table.noneFits')} text={t('table.noneFitsText')} /> : empty;
  }
  return (
    <>
      {query.isError && <ProblemView problem={asProblem(query.error)} again={() => void query.refetch()} />}
      {count && total !== undefined && (
        <p className="sp-subtle" role="status">
          {count(total)}
        </p>
      )}
      <DataTable {...table} rows={rows} onEnd={onEnd} {...(total === undefined ? {} : { total })} />
      <p className="sp-subtle" role="status">
        {isFetchingNextPage ? t('table.more') : !hasNextPage && t('table.end')}
      </p>
    </>
  );
}
