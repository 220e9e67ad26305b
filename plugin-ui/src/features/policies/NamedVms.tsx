import { useTranslation } from 'react-i18next';
import { useVmsById } from '../../api/vms';

const SHOWN = 10;

/** The VMs that a policy names, the first of many. */
export function NamedVms({ vms }: { vms: readonly string[] }) {
  const { t } = useTranslation();
  const shown = vms.slice(0, SHOWN);
  const known = useVmsById(shown);
  return (
    <ul className="sp-list" aria-label={t('policies.chosen')}>
      {shown.map((vm) => (
        <li key={vm}>
          <bdi className="sp-wrap">{known.get(vm)?.name ?? vm}</bdi>
        </li>
      ))}
      {vms.length > SHOWN && <li className="sp-subtle">{t('backups.andMore', { count: vms.length - SHOWN })}</li>}
    </ul>
  );
}
