import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLiveInterval, useSession } from '../../api/context';
import { runsPage } from '../../api/runs';
import { RunProgress } from '../../shared/RunProgress';
import { Said } from '../../shared/Said';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { useRun } from '../runs/useRuns';

/** What was done with the VM last, or is being done. */
export function LastRun({ vm }: { vm: string }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const format = useFormat();
  const last = useQuery({
    queryKey: ['runs', 'last', vm],
    queryFn: () => runsPage(api, { vm, limit: 1, sort: '-time' }),
    refetchInterval: useLiveInterval(true),
  });
  const run = last.data?.items[0];
  if (run === undefined) {
    return <span className="sp-subtle">{last.data && t('vm.noRun')}</span>;
  }
  return (
    <>
      <Status state={run.state} /> <Link to={`/runs/${run.id}`}>{t(`run.kind.${run.kind}`)}</Link>{' '}
      <span className="sp-subtle">{format.ago(run.ended ?? run.started ?? run.created)}</span> <Said>{run.problem}</Said>
      {run.state === 'running' && <Progress run={run.id} />}
    </>
  );
}

function Progress({ run }: { run: string }) {
  const live = useRun(run);
  return live.data ? <RunProgress run={live.data} /> : null;
}
