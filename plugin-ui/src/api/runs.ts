import { type Api, body } from './client';
import type { paths } from './schema';
import type { RunLine } from './types';

export type RunsQuery = NonNullable<paths['/runs']['get']['parameters']['query']>;

/** A page of the list of runs. The same address has a table for spreadsheets too, which is not asked for here. */
export async function runsPage(api: Api, query: RunsQuery): Promise<{ items: RunLine[]; next?: string }> {
  const page = await body(api.GET('/runs', { params: { query } }));
  return typeof page === 'string' ? { items: [] } : page;
}
