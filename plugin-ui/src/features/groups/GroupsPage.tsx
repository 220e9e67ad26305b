import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@patternfly/react-core';
import { Link } from 'react-router';
import { useAdministrator } from '../../api/caller';
import type { VmGroup } from '../../api/types';
import { type Column, DataTable } from '../../shared/DataTable';
import { oneOf } from '../../shared/oneOf';
import { PageHead } from '../../shared/PageHead';
import { mayRestore } from '../../shared/rights';
import { Empty, Loaded } from '../../shared/states';
import { Status } from '../../shared/Status';
import { When } from '../../shared/When';
import { Protect } from './Protect';
import { Recover } from './Recover';
import { useGroups } from './useGroups';

const KINDS = ['affinity-group', 'tag', 'cluster'] as const;
const NAMED = 20;
const STATES = ['queued', 'running', 'succeeded', 'warning', 'failed', 'cancelled'] as const;

/** VMs that the manager keeps together: protect them by one policy, bring them back together. */
export default function GroupsPage() {
  const { t } = useTranslation();
  const [protecting, setProtecting] = useState<VmGroup>();
  const [recovering, setRecovering] = useState<VmGroup>();
  const columns = useColumns(setProtecting, setRecovering);
  return (
    <div className="sp-page">
      <PageHead title={t('groups.title')} />
      <Loaded query={useGroups()}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('groups.none')} text={t('groups.noneText')} />
          ) : (
            <DataTable label={t('groups.title')} columns={columns} rows={items} id={(group) => group.id} />
          )
        }
      </Loaded>
      {protecting && <Protect group={protecting} onClose={() => setProtecting(undefined)} />}
      {recovering && <Recover group={recovering} onClose={() => setRecovering(undefined)} />}
    </div>
  );
}

function useColumns(onProtect: (group: VmGroup) => void, onRecover: (group: VmGroup) => void): Column<VmGroup>[] {
  const { t } = useTranslation();
  const administrator = useAdministrator();
  return useMemo(
    () => [
      { key: 'name', title: t('groups.group'), show: (group) => group.name },
      {
        key: 'kind',
        title: t('runs.kind'),
        less: true,
        show: (group) => {
          const kind = oneOf(group.kind, KINDS);
          return kind === undefined ? group.kind : t(`groups.kind.${kind}`);
        },
      },
      {
        key: 'members',
        title: t('vm.title'),
        show: (group) => <Members group={group} />,
      },
      { key: 'policies', title: t('policies.title'), less: true, show: (group) => <Policies group={group} /> },
      {
        key: 'actions',
        title: t('groups.actions'),
        hidden: true,
        show: (group) => (
          <span className="sp-status">
            {administrator && (
              <Button variant="link" isInline onClick={() => onProtect(group)} aria-label={t('groups.protectOf', { name: group.name })}>
                {t('groups.protect')}
              </Button>
            )}
            {mayRestore(group.rights) && (
              <Button variant="link" isInline onClick={() => onRecover(group)} aria-label={t('groups.recoverOf', { name: group.name })}>
                {t('groups.recover')}
              </Button>
            )}
          </span>
        ),
      },
    ],
    [t, administrator, onProtect, onRecover],
  );
}

/** A cluster may have thousands. */
function Members({ group }: { group: VmGroup }) {
  const { t } = useTranslation();
  const more = group.members.length - NAMED;
  const names = group.members.slice(0, NAMED).map(({ name }) => name).join(', ') + (more > 0 ? ` ${t('backups.andMore', { count: more })}` : '');
  return (
    <span className="sp-cut" title={names}>
      {t('groups.members', { count: group.members.length })}: {names}
    </span>
  );
}

function Policies({ group }: { group: VmGroup }) {
  const { t } = useTranslation();
  if (group.policies.length === 0) {
    return <Status state="unprotected" text={t('groups.noPolicy')} />;
  }
  return (
    <>
      {group.policies.map(({ id, name, enabled, last }) => {
        const state = oneOf(last?.state, STATES);
        return (
          <span key={id} className="sp-status">
            <Link to={`/policies/${id}`}>{name}</Link>
            {!enabled && t('policies.off')}
            {last && state && (
              <>
                <Status state={state} /> <When at={last.ended ?? last.created} />
              </>
            )}
          </span>
        );
      })}
    </>
  );
}
