import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RunLine } from '../../api/types';
import { Ago } from '../../shared/Ago';
import { Panel } from '../../shared/Panel';
import { Said } from '../../shared/Said';
import { Loaded } from '../../shared/states';
import { Status } from '../../shared/Status';
import { latest } from './trouble';
import { useTrouble } from './useOverview';

const SHOWN = 5;

/** What went wrong within a week, the latest first. */
export function TroubleCard() {
  const { t } = useTranslation();
  const failed = useTrouble('failed');
  const warned = useTrouble('warning');
  return (
    <Panel title={t('overview.trouble')} span={4} action={<Link to="/runs">{t('overview.allRuns')}</Link>}>
      <Loaded query={failed}>
        {(bad) => (
          <Loaded query={warned}>
            {(odd) => {
              const runs = latest([bad.items, odd.items], SHOWN);
              return runs.length === 0 ? (
                <p className="sp-subtle">{t('overview.noTrouble')}</p>
              ) : (
                <ul className="sp-list">
                  {runs.map((run) => (
                    <Line key={run.id} run={run} />
                  ))}
                </ul>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Panel>
  );
}

function Line({ run }: { run: RunLine }) {
  const { t } = useTranslation();
  return (
    <li>
      <Status state={run.state} />{' '}
      <Link to={`/runs/${run.id}`}>{t('run.of', { kind: t(`run.kind.${run.kind}`), vm: run.vmName, count: run.vmCount - 1 })}</Link>{' '}
      <span className="sp-subtle"><Ago at={run.created} /></span>
      <div className="sp-wrap">
        <Said>{run.problem}</Said>
      </div>
    </li>
  );
}
