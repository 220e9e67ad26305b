import { Button, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVms } from '../../api/vms';
import { Loaded } from '../../shared/states';

const SHOWN = 200;

interface Props {
  readonly chosen: readonly string[];
  readonly onChosen: (vms: string[]) => void;
  readonly onClose: () => void;
}

/** VMs of the site by name; of very many the first are shown until the name is said closer. */
export function VmChooser({ chosen, onChosen, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [now, setNow] = useState<ReadonlySet<string>>(new Set(chosen));
  const vms = useVms();
  const toggle = (vm: string) => {
    const next = new Set(now);
    if (!next.delete(vm)) {
      next.add(vm);
    }
    setNow(next);
  };
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-label={t('vm.title')}>
      <ModalHeader title={t('vm.title')} description={t('policies.named', { count: now.size })} />
      <ModalBody>
        <TextInput type="search" aria-label={t('backups.vm')} placeholder={t('backups.vm')} value={name} onChange={(_, text) => setName(text)} />
        <Loaded query={vms}>
          {({ items }) => {
            const fitting = items.filter((vm) => vm.name.toLowerCase().includes(name.toLowerCase()));
            return (
              <>
                <ul className="sp-list sp-choose">
                  {fitting.slice(0, SHOWN).map((vm) => (
                    <li key={vm.id}>
                      <label className="sp-status">
                        <input type="checkbox" checked={now.has(vm.id)} onChange={() => toggle(vm.id)} /> {vm.name}{' '}
                        <span className="sp-subtle">{vm.cluster}</span>
                      </label>
                    </li>
                  ))}
                </ul>
                {fitting.length > SHOWN && <p className="sp-subtle">{t('policies.sayCloser', { count: fitting.length - SHOWN })}</p>}
              </>
            );
          }}
        </Loaded>
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
