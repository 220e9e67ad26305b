import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Run } from '../../api/types';
import { Panel } from '../../shared/Panel';
import { RunProgress } from '../../shared/RunProgress';
import { RunStatus } from '../../shared/RunStatus';
import { Said } from '../../shared/Said';
import { Loaded } from '../../shared/states';
import { When } from '../../shared/When';
import { useQueue } from './useOverview';

const SHOWN = 6;

/** What is done now, how fast, how long yet; and what waits. */
export function BusyCard() {
  const { t } = useTranslation();
  return (
    <Panel title={t('overview.busy')} span={6}>
      <Loaded query={useQueue()}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="sp-subtle">{t('overview.idle')}</p>
          ) : (
            <ul className="sp-list">
              {items.slice(0, SHOWN).map((run) => (
                <Line key={run.id} run={run} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Line({ run }: { run: Run }) {
  const { t } = useTranslation();
  const name = t('run.of', { kind: t(`run.kind.${run.kind}`), vm: run.vms[0]?.vmName ?? '', count: run.vms.length - 1 });
  return (
    <li>
      <RunStatus run={run} /> <Link to={`/runs/${run.id}`}>{name}</Link>
      {run.state === 'running' && !run.cancelling && <RunProgress run={run} />}
      {run.queue && (
        <div className="sp-subtle">
          {t('run.place', { position: run.queue.position })} · <Said>{run.queue.reason}</Said>
          {run.queue.expectedStart && (
            <>
              {' · '}
              {t('run.expected')} <When at={run.queue.expectedStart} />
            </>
          )}
        </div>
      )}
    </li>
  );
}
