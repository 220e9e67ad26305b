import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Protection } from '../../api/types';
import { useVmsById } from '../../api/vms';
import { VmCheck } from './VmCheck';

const SHOWN = 100;

interface Props {
  /** Those that were chosen when the dialog opened: they stay in sight when they are taken off. */
  readonly before: readonly string[];
  readonly now: ReadonlySet<string>;
  /** What is known of those that came since. */
  readonly seen: ReadonlyMap<string, Protection>;
  readonly onToggle: (vm: string, known: Protection | undefined) => void;
}

/** What is chosen, whatever the search shows. */
export function ChosenVms({ before, now, seen, onToggle }: Props) {
  const { t } = useTranslation();
  const [first] = useState(before);
  const all = [...new Set([...first, ...now])];
  const shown = all.slice(0, SHOWN);
  const known = useVmsById(first.slice(0, SHOWN));
  if (all.length === 0) {
    return null;
  }
  return (
    <>
      <h2 className="sp-section">{t('policies.chosen')}</h2>
      <ul className="sp-list sp-choose sp-chosen" aria-label={t('policies.chosen')}>
        {shown.map((vm) => (
          <VmCheck key={vm} vm={vm} known={seen.get(vm) ?? known.get(vm)} on={now.has(vm)} onToggle={onToggle} />
        ))}
        {all.length > SHOWN && <li className="sp-subtle">{t('backups.andMore', { count: all.length - SHOWN })}</li>}
      </ul>
    </>
  );
}
