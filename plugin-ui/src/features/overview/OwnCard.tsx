import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../shared/Panel';

/** For who administers nothing: the figures of the site are not for him, his VMs are. */
export function OwnCard() {
  const { t } = useTranslation();
  return (
    <Panel title={t('overview.own')} span={8}>
      <p>{t('overview.ownText')}</p>
      <p className="sp-row">
        <Link to="/vm">{t('vm.title')}</Link>
        <Link to="/backups">{t('backups.title')}</Link>
        <Link to="/runs">{t('runs.title')}</Link>
      </p>
    </Panel>
  );
}
