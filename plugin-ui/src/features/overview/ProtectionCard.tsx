import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Overview } from '../../api/types';
import { Panel } from '../../shared/Panel';
import { ProblemAlert } from '../../shared/ProblemWords';
import { Loaded } from '../../shared/states';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { Why } from '../../shared/Why';
import { useOverview } from './useOverview';

const SHOWN = 6;

/** Which VMs nothing would bring back, and why. */
export function ProtectionCard() {
  const { t } = useTranslation();
  return (
    <Panel title={t('overview.protection')} span={4}>
      <Loaded query={useOverview()}>
        {(overview) => overview.sites.map((site) => <OfSite key={site.site} site={site} named={overview.sites.length > 1} />)}
      </Loaded>
    </Panel>
  );
}

function OfSite({ site, named }: { site: Overview['sites'][number]; named: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (site.problem) {
    return <ProblemAlert problem={site.problem} />;
  }
  const counts = site.vms;
  const more = (counts?.unprotected ?? 0) - SHOWN;
  return (
    <>
      {named && <strong>{site.name}</strong>}
      {counts && counts.unprotected === 0 && <Status state="protected" title={t('overview.allProtected')} />}
      <p>
        <span className="sp-big">{format.number(counts?.unprotected ?? 0)}</span> {t('overview.unprotected')}
        <span className="sp-subtle">
          {' · '}
          {t('overview.others', { safe: format.number(counts?.safe ?? 0), waiting: format.number(counts?.waiting ?? 0) })}
        </span>
      </p>
      <ul className="sp-list">
        {site.unprotected.slice(0, SHOWN).map((vm) => (
          <li key={vm.vm}>
            <Link to={`/vm/${vm.vm}`}>{vm.name}</Link> <span className="sp-subtle"><Why of={vm} /></span>
          </li>
        ))}
      </ul>
      <Link to={more > 0 ? '/vm?state=unprotected' : '/vm'}>{more > 0 ? t('overview.moreVms', { count: more }) : t('overview.allVms')}</Link>
      {(counts?.unprotected ?? 0) > 0 && (
        <>
          {' · '}
          <Link to="/policies/new">{t('overview.protect')}</Link>
        </>
      )}
    </>
  );
}
