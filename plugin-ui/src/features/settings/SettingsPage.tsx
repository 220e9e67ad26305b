import { Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { AdministratorsOnly } from '../../shared/AdministratorsOnly';
import { PageHead } from '../../shared/PageHead';
import { useUrlFilters } from '../../shared/useUrlFilters';
import { AuditTab } from './AuditTab';
import { LeftoversTab } from './LeftoversTab';
import { NoticesTab } from './NoticesTab';
import { SitesTab } from './SitesTab';
import { SpaceTab } from './SpaceTab';

const USUAL = { tab: 'space', sort: '-time', actor: '', result: '' } as const;
const TABS = { space: SpaceTab, notices: NoticesTab, sites: SitesTab, leftovers: LeftoversTab, audit: AuditTab } as const;
const NAMES = ['space', 'notices', 'sites', 'leftovers', 'audit'] as const;

/** What concerns the server as a whole. */
export default function SettingsPage() {
  const { t } = useTranslation();
  const filters = useUrlFilters(USUAL);
  return (
    <div className="sp-page">
      <PageHead title={t('settings.title')} />
      <AdministratorsOnly>
        <Tabs
          mountOnEnter
          unmountOnExit
          aria-label={t('settings.title')}
          activeKey={filters.values.tab}
          onSelect={(_, tab) => filters.set('tab', String(tab))}
        >
          {NAMES.map((name) => {
            const Content = TABS[name];
            return (
              <Tab key={name} eventKey={name} title={<TabTitleText>{t(`settings.tab.${name}`)}</TabTitleText>}>
                <div className="sp-tab">
                  <Content filters={filters} />
                </div>
              </Tab>
            );
          })}
        </Tabs>
      </AdministratorsOnly>
    </div>
  );
}

export interface TabProps {
  readonly filters: ReturnType<typeof useUrlFilters<keyof typeof USUAL>>;
}
