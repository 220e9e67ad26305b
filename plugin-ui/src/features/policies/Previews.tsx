import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { Panel } from '../../shared/Panel';
import { Loaded, ProblemView } from '../../shared/states';
import { useDebounced } from '../../shared/useDebounced';
import { useWeek } from '../overview/useOverview';
import { type PolicyDraft, retentionOf, scheduleOf } from './draft';
import { loadsOf } from './load';
import { RetentionView } from './RetentionView';
import { StartsView } from './StartsView';
import { usePreview, useRetentionPlan } from './usePolicy';

const PAUSE = 300;

/** What the form means, while it is filled in: starts, the load of their slots, what would be deleted. */
export function Previews({ policy, draft }: { policy: string | undefined; draft: PolicyDraft }) {
  const shown = useDebounced(draft, PAUSE);
  return (
    <aside className="sp-cards" style={{ '--sp-span': 5, alignContent: 'start' } as CSSProperties}>
      <SchedulePreview draft={shown} />
      {policy !== undefined && <RetentionPreview policy={policy} draft={shown} />}
    </aside>
  );
}

function SchedulePreview({ draft }: { draft: PolicyDraft }) {
  const { t } = useTranslation();
  const schedule = scheduleOf(draft);
  const starts = usePreview(schedule);
  const week = useWeek();
  if (schedule === undefined) {
    return (
      <Panel title={t('policies.preview')}>
        <p className="sp-subtle">{t('policies.onlyByHand')}</p>
      </Panel>
    );
  }
  const loads = starts.data && week.data ? loadsOf(starts.data.items, week.data) : undefined;
  return (
    <Panel title={t('policies.preview')}>
      {starts.isError ? (
        <ProblemView problem={asProblem(starts.error)} />
      ) : (
        <Loaded query={starts}>
          {(found) => (
            <>
              {loads && loads.length > 0 && week.data && (
                <p>{t('policies.load', { fullest: Math.max(0, ...loads), capacity: week.data.capacity, count: loads.length })}</p>
              )}
              <StartsView starts={found} />
            </>
          )}
        </Loaded>
      )}
    </Panel>
  );
}

function RetentionPreview({ policy, draft }: { policy: string; draft: PolicyDraft }) {
  const { t } = useTranslation();
  const plan = useRetentionPlan(policy, retentionOf(draft));
  return (
    <Panel title={t('policies.retentionPreview')}>
      {plan.isError ? <ProblemView problem={asProblem(plan.error)} /> : <Loaded query={plan}>{(found) => <RetentionView plan={found} />}</Loaded>}
    </Panel>
  );
}
