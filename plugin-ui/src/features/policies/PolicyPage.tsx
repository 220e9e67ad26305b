import { Alert, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useAdministrator } from '../../api/caller';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import type { Policy } from '../../api/types';
import { useAction } from '../../api/useAction';
import { Confirm } from '../../shared/Confirm';
import { Facts } from '../../shared/Facts';
import { PageHead } from '../../shared/PageHead';
import { Panel } from '../../shared/Panel';
import { Loaded } from '../../shared/states';
import { useTellProblem } from '../../shared/useTellProblem';
import { draftOf, policyOf } from './draft';
import { RetentionView } from './RetentionView';
import { RunNow } from './RunNow';
import { StartsView } from './StartsView';
import { useCovered, usePolicy, useRetentionPlan, useStarts } from './usePolicy';
import { useScheduleText } from './useScheduleText';

/** One policy: what it covers now, when it starts, what it keeps. */
export default function PolicyPage() {
  const { t } = useTranslation();
  const { policy = '' } = useParams();
  return (
    <div className="sp-page">
      <Loaded query={usePolicy(policy)} head={<PageHead up="policies" title={t('policies.title')} />}>{(found) => <Details policy={found} />}</Loaded>
    </div>
  );
}

function Details({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const words = useScheduleText();
  const administrator = useAdministrator();
  return (
    <>
      <PageHead up="policies" title={policy.name}>
        {administrator ? <Actions policy={policy} /> : <RunNow policy={policy} />}
      </PageHead>
      {!policy.enabled && <Alert component="p" isInline variant="info" title={t('policies.isOff')} />}
      <Facts
        items={[
          [t('policies.schedule'), words(policy.schedule)],
          [t('policies.freeze'), t(`policies.freezes.${policy.freeze}`)],
          policy.select.length > 0 ? [t('policies.select'), policy.select.join(', ')] : undefined,
          policy.except.length > 0 ? [t('policies.except'), policy.except.join(', ')] : undefined,
          policy.group.order === undefined ? undefined : [t('runs.order'), t(`order.${policy.group.order}`)],
        ]}
      />
      <div className="sp-cards" style={{ marginBlockStart: 12 }}>
        <Panel title={t('policies.coversNow')} span={4}>
          <Covered policy={policy.id} />
        </Panel>
        <Panel title={t('policies.starts')} span={8}>
          <Loaded query={useStarts(policy.id)}>{(starts) => <StartsView starts={starts} />}</Loaded>
        </Panel>
        {administrator && (
          <Panel title={t('policies.retention')}>
            <Retained policy={policy.id} />
          </Panel>
        )}
      </div>
    </>
  );
}

function Retained({ policy }: { policy: string }) {
  return <Loaded query={useRetentionPlan(policy)}>{(plan) => <RetentionView plan={plan} />}</Loaded>;
}

const SHOWN = 30;

function Covered({ policy }: { policy: string }) {
  const { t } = useTranslation();
  return (
    <Loaded query={useCovered(policy)}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="sp-subtle">{t('policies.coversNone')}</p>
        ) : (
          <ul className="sp-list">
            {items.slice(0, SHOWN).map((vm) => (
              <li key={vm.id}>
                <Link to={`/vm/${vm.id}`}>{vm.name}</Link>
              </li>
            ))}
            {items.length > SHOWN && <li>{t('backups.andMore', { count: items.length - SHOWN })}</li>}
          </ul>
        )
      }
    </Loaded>
  );
}

function Actions({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const tellProblem = useTellProblem();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const path = { params: { path: { policy: policy.id } } };
  const stale = [['policies'], ['slots'], ['protection'], ['overview']];
  const toggle = useAction(
    () => body(api.PUT('/policies/{policy}', { ...path, body: { ...policyOf(draftOf(policy, 'UTC'), policy.site), enabled: !policy.enabled } })),
    { stale, failed: tellProblem },
  );
  const remove = useAction(() => body(api.DELETE('/policies/{policy}', path)), { stale, done: () => void navigate('/policies') });
  return (
    <>
      <RunNow policy={policy} />
      <Button variant="secondary" onClick={() => void navigate(`/policies/${policy.id}/edit`)}>
        {t('policies.edit')}
      </Button>
      <Button variant="secondary" isDisabled={toggle.busy} onClick={() => toggle.run(undefined)}>
        {t(policy.enabled ? 'policies.turnOff' : 'policies.turnOn')}
      </Button>
      <Button variant="secondary" isDanger onClick={() => setDeleting(true)}>
        {t('policies.delete')}
      </Button>
      {deleting && (
        <Confirm
          title={t('policies.deleteTitle', { name: policy.name })}
          confirm={t('policies.delete')}
          danger
          busy={remove.busy}
          problem={remove.problem}
          onConfirm={() => remove.run(undefined)}
          onClose={() => setDeleting(false)}
        >
          <p>{t('policies.deleteText')}</p>
        </Confirm>
      )}
    </>
  );
}
