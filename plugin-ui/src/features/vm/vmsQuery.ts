import type { paths } from '../../api/schema';
import { oneOf } from '../../shared/oneOf';
import { given } from '../../shared/useUrlFilters';

type VmsQuery = NonNullable<paths['/sites/{site}/protection']['get']['parameters']['query']>;

export const USUAL = { name: '', state: '', sort: 'name' } as const;
export const STATES = ['unprotected', 'waiting', 'protected', 'gone'] as const;

const SORTS = ['name', '-name', 'last', '-last', 'next', '-next', 'points', '-points', 'own', '-own'] as const;

/** The first page is there at once, the others are few. */
const FIRST_PAGE = 200;
const PAGE = 1000;

/** What the address says, as the server wants to be asked. */
export function vmsQuery(filters: Record<keyof typeof USUAL, string>, after?: string): VmsQuery {
  const state = oneOf(filters.state, STATES);
  return given({
    name: filters.name,
    state: state === undefined ? undefined : [state],
    sort: oneOf(filters.sort, SORTS) ?? USUAL.sort,
    limit: after === undefined ? FIRST_PAGE : PAGE,
    after,
  });
}
