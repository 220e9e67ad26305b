import { Button } from '@patternfly/react-core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { useAdministrator } from '../api/caller';
import { useSession } from '../api/context';
import { StandaloneHost } from '../host/standalone/StandaloneHost';
import { useSignOut } from '../host/standalone/useSignOut';
import { Pages } from './Pages';

const PLACES = ['overview', 'vm', 'backups', 'runs', 'policies', 'planner', 'groups', 'settings'] as const;

/** What nobody else is shown. */
const ADMINISTRATORS: readonly (typeof PLACES)[number][] = ['planner', 'settings'];

/** In a manager's console its menu leads here and there, and so do our links; alone, the page has its own. */
export function Shell() {
  const { host } = useSession();
  const { pathname, search } = useLocation();
  useEffect(() => host.open(pathname + search), [host, pathname, search]);
  return host instanceof StandaloneHost ? (
    <div className="sp-shell">
      <Top host={host} />
      <Menu />
      <main className="sp-main">
        <Pages />
      </main>
    </div>
  ) : (
    <main>
      <Pages />
    </main>
  );
}

function Top({ host }: { host: StandaloneHost }) {
  const { t } = useTranslation();
  const signOut = useSignOut(host);
  return (
    <header className="sp-top">
      <strong>{t('shell.product')}</strong>
      <span>{t('shell.who', { user: host.user ?? '', site: host.site() })}</span>
      <Button variant="secondary" onClick={signOut}>
        {t('shell.signOut')}
      </Button>
    </header>
  );
}

function Menu() {
  const { t } = useTranslation();
  const administrator = useAdministrator();
  return (
    <nav className="sp-menu" aria-label={t('shell.menu')}>
      <ul>
        {PLACES.filter((place) => administrator || !ADMINISTRATORS.includes(place)).map((place) => (
          <li key={place}>
            <NavLink to={`/${place}`}>{t(`${place}.title`)}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
