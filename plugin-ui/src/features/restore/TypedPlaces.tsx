import { FormGroup, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { useVms } from '../../api/vms';
import { networksOf, type StepProps, withNetwork } from './form';

/** Where a new VM goes, by name, for whoever may not list it: the VMs he sees give hints. */
export function TypedPlaces({ form, change, point }: StepProps) {
  const { t } = useTranslation();
  const vms = useVms().data?.items ?? [];
  const clusters = [...new Set(vms.map(({ cluster }) => cluster))].sort();
  const storages = [...new Set(vms.flatMap(({ placement }) => placement?.storages ?? []))].sort();
  return (
    <>
      <Proposed id="cluster" label={t('restore.cluster')} value={form.cluster} known={clusters} onChange={(cluster) => change({ cluster })} />
      <Proposed id="storage" label={t('restore.storage')} value={form.storage} known={storages} onChange={(storage) => change({ storage })} />
      {networksOf(point).map((network) => (
        <Proposed
          key={network}
          id={`network-${network}`}
          label={t('restore.network', { network })}
          value={form.networks[network] ?? ''}
          known={[]}
          onChange={(to) => change({ networks: withNetwork(form.networks, network, to === '' ? undefined : to) })}
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
