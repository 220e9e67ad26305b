import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLiveInterval, useSession } from '../../api/context';
import { runsPage } from '../../api/runs';
import type { RunLine } from '../../api/types';
import { Ago } from '../../shared/Ago';
import { RunProgress } from '../../shared/RunProgress';
import { Said } from '../../shared/Said';
import { Status } from '../../shared/Status';
import { useRun } from '../runs/useRuns';

/** What was done with the VM last, or is being done. */
export function LastRun({ vm }: { vm: string }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const last = useQuery({
    queryKey: ['runs', 'last', vm],
    queryFn: () => runsPage(api, { vm, limit: 1, sort: '-time' }),
    refetchInterval: useLiveInterval(true),
  });
  const run = last.data?.items[0];
  useOutcome(run);
  if (run === undefined) {
    return <span className="sp-subtle">{last.data && t('vm.noRun')}</span>;
  }
  return (
    <>
      <Status state={run.state} /> <Link to={`/runs/${run.id}`}>{t(`run.kind.${run.kind}`)}</Link>{' '}
      <span className="sp-subtle"><Ago at={run.ended ?? run.started ?? run.created} /></span> <Said>{run.problem}</Said>
      {run.state === 'running' && <Progress run={run.id} />}
    </>
  );
}

/** What a run has made is asked for when it has come to its end, in case the server's own word of it does not come through. */
function useOutcome(run: RunLine | undefined) {
  const { live } = useSession();
  const queries = useQueryClient();
  const before = useRef<string>(undefined);
  const state = run && `${run.id} ${run.ended ?? ''}`;
  useEffect(() => {
    if (!live && before.current !== undefined && before.current !== state) {
      void queries.invalidateQueries({ queryKey: ['points'] });
      void queries.invalidateQueries({ queryKey: ['protection'] });
    }
    before.current = state;
  }, [live, queries, state]);
}

function Progress({ run }: { run: string }) {
  const live = useRun(run);
  return live.data ? <RunProgress run={live.data} /> : null;
}
