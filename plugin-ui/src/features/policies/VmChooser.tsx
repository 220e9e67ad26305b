import { Button, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/context';
import type { Protection } from '../../api/types';
import { allVms, useSomeVms } from '../../api/vms';
import { useAction } from '../../api/useAction';
import { ChoiceFilter } from '../../shared/FilterBar';
import { Loaded, ProblemView } from '../../shared/states';
import { useDebounced } from '../../shared/useDebounced';
import { given } from '../../shared/useUrlFilters';
import { ChosenVms } from './ChosenVms';
import { VmCheck } from './VmCheck';

const SHOWN = 200;
const PAUSE = 300;
const THERE = ['unprotected', 'waiting', 'protected'] as const;

interface Props {
  readonly chosen: readonly string[];
  readonly onChosen: (vms: string[]) => void;
  readonly onClose: () => void;
}

/** VMs of the site, searched as one types; of very many the first are shown until the name is said closer. */
export function VmChooser({ chosen, onChosen, onClose }: Props) {
  const { t } = useTranslation();
  const { api, host } = useSession();
  const [name, setName] = useState('');
  const [state, setState] = useState<'' | (typeof THERE)[number]>('');
  const [now, setNow] = useState<ReadonlySet<string>>(new Set(chosen));
  // Those that were chosen or taken off here, to name them when the search shows others.
  const [seen, setSeen] = useState<ReadonlyMap<string, Protection>>(new Map());
  const query = { state: state === '' ? [...THERE] : [state], ...given({ name: useDebounced(name.trim(), PAUSE) }) };
  const found = useSomeVms({ ...query, limit: SHOWN });
  const all = useAction(() => allVms(api, host.site(), query), {
    done: (vms) => {
      setSeen(new Map([...seen, ...vms.map((vm) => [vm.vm, vm] as const)]));
      setNow(new Set([...now, ...vms.map(({ vm }) => vm)]));
    },
  });
  const toggle = (id: string, vm: Protection | undefined) => {
    const next = new Set(now);
    if (!next.delete(id)) {
      next.add(id);
    }
    setNow(next);
    if (vm) {
      setSeen(new Map([...seen, [id, vm]]));
    }
  };
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-label={t('vm.title')}>
      <ModalHeader title={t('vm.title')} description={t('policies.named', { count: now.size })} />
      <ModalBody>
        <div className="sp-row sp-bar" role="search">
          <TextInput type="search" aria-label={t('backups.vm')} placeholder={t('backups.vm')} value={name} onChange={(_, text) => setName(text)} />
          <ChoiceFilter
            label={t('backups.state')}
            value={state}
            onChange={setState}
            options={[['', t('backups.anyState')], ...THERE.map((one) => [one, t(`stateName.${one}`)] as const)]}
          />
        </div>
        {all.problem && <ProblemView problem={all.problem} />}
        <Loaded query={found}>
          {({ items, total }) =>
            total === 0 ? (
              <p className="sp-subtle">{t('table.noneFits')}</p>
            ) : (
              <>
                <Button variant="link" isInline isDisabled={all.busy || found.isPlaceholderData} onClick={() => all.run(undefined)}>
                  {t('policies.chooseAll', { count: total })}
                </Button>
                <ul className="sp-list sp-choose" aria-label={t('policies.fitting')}>
                  {items.map((vm) => (
                    <VmCheck key={vm.vm} vm={vm.vm} known={vm} on={now.has(vm.vm)} onToggle={toggle} />
                  ))}
                </ul>
                {total > items.length && <p className="sp-subtle">{t('policies.sayCloser', { count: total - items.length })}</p>}
              </>
            )
          }
        </Loaded>
        <ChosenVms before={chosen} now={now} seen={seen} onToggle={toggle} />
      </ModalBody>
      <ModalFooter>
        <Button
          onClick={() => {
            onChosen([...now]);
            onClose();
          }}
        >
          {t('policies.take')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
