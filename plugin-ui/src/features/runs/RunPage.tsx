import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useAdministrator } from '../../api/caller';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { usePolicyNames } from '../../api/policies';
import type { Run } from '../../api/types';
import { useAction } from '../../api/useAction';
import { Facts } from '../../shared/Facts';
import { PageHead } from '../../shared/PageHead';
import { ProblemAlert } from '../../shared/ProblemWords';
import { RunProgress } from '../../shared/RunProgress';
import { RunStatus } from '../../shared/RunStatus';
import { Said } from '../../shared/Said';
import { Loaded } from '../../shared/states';
import { useFormat } from '../../shared/useFormat';
import { useTellProblem } from '../../shared/useTellProblem';
import { When } from '../../shared/When';
import { Tasks } from './Tasks';
import { Timeline } from './Timeline';
import { useRun } from './useRuns';

/** One run, live while it is under way: how far, what went wrong, and what can be done about it. */
export default function RunPage() {
  const { t } = useTranslation();
  const { run = '' } = useParams();
  return (
    <div className="sp-page">
      <Loaded query={useRun(run)} head={<PageHead up="runs" title={t('runs.title')} />}>{(found) => <Details run={found} />}</Loaded>
    </div>
  );
}

function Details({ run }: { run: Run }) {
  const { t } = useTranslation();
  const format = useFormat();
  const policies = usePolicyNames();
  const administrator = useAdministrator();
  const seconds = run.started === undefined || run.ended === undefined ? undefined : (Date.parse(run.ended) - Date.parse(run.started)) / 1000;
  return (
    <>
      <PageHead up="runs" title={t('run.of', { kind: t(`run.kind.${run.kind}`), vm: run.vms[0]?.vmName ?? '', count: run.vms.length - 1 })}>
        {administrator && run.kind === 'backup' && <Link to={`/policies/new?run=${run.id}`}>{t('runs.adopt')}</Link>}
        <Actions run={run} />
      </PageHead>
      {run.problem && (
        <ProblemAlert problem={run.problem} variant={run.state === 'warning' ? 'warning' : 'danger'} />
      )}
      <Facts
        items={[
          [t('runs.state'), <Stands run={run} />],
          run.queue && [t('runs.queue'), <Queued position={run.queue.position} reason={run.queue.reason} />],
          run.queue?.expectedStart === undefined ? undefined : [t('runs.expected'), <When at={run.queue.expectedStart} both />],
          [t('runs.created'), <When at={run.created} both />],
          run.started === undefined ? undefined : [t('runs.started'), <When at={run.started} both />],
          run.ended === undefined ? undefined : [t('runs.ended'), <When at={run.ended} both />],
          seconds === undefined ? undefined : [t('runs.length'), format.duration(seconds)],
          run.kind === 'restore' ? undefined : [
            t('backups.policy'),
            run.policy === undefined ? (
              t('backups.noPolicy')
            ) : (
              <Link to={`/policies/${run.policy}`}>{policies.get(run.policy) ?? t('backups.deletedPolicy')}</Link>
            ),
          ],
          run.repeatOf === undefined ? undefined : [t('runs.repeats'), <Link to={`/runs/${run.repeatOf}`}>{t('runs.earlier')}</Link>],
          run.state === 'running' && !run.cancelling ? [t('run.progress'), <RunProgress run={run} />] : undefined,
        ]}
      />
      <h2 className="sp-section">{t('vm.title')}</h2>
      <Tasks run={run} />
      {run.group && run.group.vms.length > 0 && <Timeline run={run} report={run.group} />}
    </>
  );
}

function Stands({ run }: { run: Run }) {
  const { t } = useTranslation();
  return (
    <>
      <RunStatus run={run} />
      {run.cancelling && <span className="sp-subtle"> {t('runs.cancellingText')}</span>}
    </>
  );
}

function Queued({ position, reason }: { position: number; reason: string }) {
  const { t } = useTranslation();
  return (
    <>
      {t('run.place', { position })} · <Said>{reason}</Said>
    </>
  );
}

/** What the server says may be done with it now; a click that comes too late is refused with the reason. */
function Actions({ run }: { run: Run }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const navigate = useNavigate();
  const failed = useTellProblem();
  const path = { params: { path: { run: run.id } } };
  const stale = [['run', run.id], ['runs'], ['queue']];
  const cancel = useAction(() => body(api.POST('/runs/{run}/cancel', path)), { stale, failed });
  const again = useAction(() => body(api.POST('/runs/{run}/rerun', path)), {
    stale,
    failed,
    done: (repeated) => void navigate(`/runs/${repeated.id}`),
  });
  if (run.actions?.includes('cancel')) {
    return (
      <Button variant="secondary" isDanger isDisabled={cancel.busy} isLoading={cancel.busy} onClick={() => cancel.run(undefined)}>
        {t('runs.cancel')}
      </Button>
    );
  }
  return run.actions?.includes('rerun') ? (
    <Button isDisabled={again.busy} isLoading={again.busy} onClick={() => again.run(undefined)}>
      {t('runs.again')}
    </Button>
  ) : null;
}
