import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { LockIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';
import type { OvirtHost } from './OvirtHost';

/** The portal has no token for us (any more), or the server does not take it. */
export function SessionOver({ host }: { host: OvirtHost }) {
  const { t } = useTranslation();
  return (
    <main>
      <EmptyState titleText={t('portal.over')} headingLevel="h1" icon={LockIcon} variant="sm">
        <EmptyStateBody>{t('portal.overWhy', { site: host.site() })}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={() => host.reload()}>{t('portal.reload')}</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </main>
  );
}
