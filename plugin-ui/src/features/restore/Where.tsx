import { Checkbox, Form, FormGroup, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Point } from '../../api/types';
import { useVms } from '../../api/vms';
import { networksOf, type RestoreForm } from './form';

interface Props {
  readonly form: RestoreForm;
  readonly change: (part: Partial<RestoreForm>) => void;
  readonly point: Point;
}

/** Where to, and what of the VM's surroundings comes back. */
export function Where({ form, change, point }: Props) {
  const { t } = useTranslation();
  const flag = (name: 'keepMacs' | 'connectNics' | 'keepOldDisks' | 'permissions') => (
    <Checkbox
      id={name}
      label={t(`restore.${name}`)}
      description={t(`restore.${name}Text`)}
      isChecked={form[name]}
      onChange={(_, on) => change({ [name]: on })}
    />
  );
  return (
    <Form isHorizontal onSubmit={(event) => event.preventDefault()}>
      {form.mode === 'new-vm' && <NewVm form={form} change={change} point={point} />}
      <FormGroup label={t('restore.besides')} role="group">
      <div className="sp-choices">
        {form.mode === 'new-vm' ? (
          <>
            {flag('connectNics')}
            {flag('keepMacs')}
          </>
        ) : (
          flag('keepOldDisks')
        )}
        {flag('permissions')}
      </div>
      </FormGroup>
    </Form>
  );
}

function NewVm({ form, change, point }: Props) {
  const { t } = useTranslation();
  const vms = useVms().data?.items ?? [];
  const clusters = [...new Set(vms.map(({ cluster }) => cluster))].sort();
  const storages = [...new Set(vms.flatMap(({ placement }) => placement?.storages ?? []))].sort();
  return (
    <>
      <FormGroup label={t('restore.name')} fieldId="name" isRequired>
        <TextInput id="name" isRequired value={form.name} onChange={(_, name) => change({ name })} />
      </FormGroup>
      <Proposed id="cluster" label={t('restore.cluster')} value={form.cluster} known={clusters} onChange={(cluster) => change({ cluster })} />
      <Proposed id="storage" label={t('restore.storage')} value={form.storage} known={storages} onChange={(storage) => change({ storage })} />
      {networksOf(point).map((network) => (
        <Proposed
          key={network}
          id={`network-${network}`}
          label={t('restore.network', { network })}
          value={form.networks[network] ?? ''}
          known={[]}
          onChange={(to) => change({ networks: { ...form.networks, [network]: to } })}
        />
      ))}
    </>
  );
}

interface ProposedProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly known: readonly string[];
  readonly onChange: (value: string) => void;
}

/** A name that may be chosen of those that are known here, or entered. */
function Proposed({ id, label, value, known, onChange }: ProposedProps) {
  const { t } = useTranslation();
  return (
    <FormGroup label={label} fieldId={id}>
      <TextInput id={id} list={`${id}-known`} value={value} placeholder={t('restore.asItWas')} onChange={(_, text) => onChange(text)} />
      <datalist id={`${id}-known`}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </FormGroup>
  );
}
