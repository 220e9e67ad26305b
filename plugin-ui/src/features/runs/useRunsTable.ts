import { useSession } from '../../api/context';
import { problemOf } from '../../api/problem';
import type { RunsQuery } from '../../api/runs';
import { useAction } from '../../api/useAction';
import { save } from '../../shared/sinks';
import { useTellProblem } from '../../shared/useTellProblem';

/** Saves all runs that fit, a row for each VM, for a spreadsheet. */
export function useRunsTable() {
  const { api } = useSession();
  const tellProblem = useTellProblem();
  return useAction(
    async ({ kind, state, vm, policy, from, sort }: RunsQuery) => {
      const query = Object.fromEntries(Object.entries({ kind, state, vm, policy, from, sort }).filter(([, value]) => value !== undefined));
      const answer = await api.GET('/runs', { params: { query }, headers: { Accept: 'text/csv' }, parseAs: 'blob' });
      if (!answer.data) {
        throw problemOf(answer.response.status, answer.error);
      }
      save(answer.data as Blob, `stillpoint-runs-${new Date().toISOString().slice(0, 10)}.csv`);
    },
    { failed: tellProblem },
  );
}
