import { Button, Checkbox, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextArea, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './PolicyForm';
import { NamedVms } from './NamedVms';
import { VmChooser } from './VmChooser';

/** Its name, and which VMs it is about. */
export function CoverageFields({ draft, change }: FieldsProps) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <FormGroup label={t('policies.name')} fieldId="name" isRequired>
        <TextInput id="name" isRequired value={draft.name} onChange={(_, name) => change({ name })} />
      </FormGroup>
      <FormGroup fieldId="enabled" label={t('runs.state')}>
        <Checkbox id="enabled" label={t('policies.startsByItself')} isChecked={draft.enabled} onChange={(_, enabled) => change({ enabled })} />
      </FormGroup>
      <FormGroup label={t('vm.title')} role="group">
        {t('policies.named', { count: draft.vms.length })}{' '}
        <Button variant="link" isInline onClick={() => setChoosing(true)}>
          {t('policies.choose')}
        </Button>
        {draft.vms.length > 0 && <NamedVms vms={draft.vms} />}
        {choosing && <VmChooser chosen={draft.vms} onChosen={(vms) => change({ vms })} onClose={() => setChoosing(false)} />}
      </FormGroup>
      <FormGroup label={t('policies.select')} fieldId="select">
        <TextArea id="select" rows={2} resizeOrientation="vertical" value={draft.select} onChange={(_, select) => change({ select })} />
        <FormHelperText>
          <HelperText>
            <HelperTextItem>{t('policies.rules')}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <FormGroup label={t('policies.except')} fieldId="except">
        <TextArea id="except" rows={1} resizeOrientation="vertical" value={draft.except} onChange={(_, except) => change({ except })} />
      </FormGroup>
      <FormGroup label={t('policies.freeze')} fieldId="freeze">
        <FormSelect id="freeze" value={draft.freeze} onChange={(_, freeze) => change({ freeze: freeze as typeof draft.freeze })}>
          {(['none', 'try', 'require'] as const).map((freeze) => (
            <FormSelectOption key={freeze} value={freeze} label={t(`policies.freezes.${freeze}`)} />
          ))}
        </FormSelect>
      </FormGroup>
    </>
  );
}
