import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Targets } from '../../api/types';
import { Loaded } from '../../shared/states';
import { useFormat } from '../../shared/useFormat';
import { networksOf, type StepProps, withNetwork } from './form';
import { shortages, storagesFor } from './targets';
import { useNeeds, useTargets } from './useRestore';

/** Where a new VM goes, of what its manager has. */
export function PlaceFields(props: StepProps) {
  return <Loaded query={useTargets(props.point)}>{(targets) => <ChosenPlaces {...props} targets={targets} />}</Loaded>;
}

type Chosen = StepProps & { readonly targets: Targets };

function ChosenPlaces(props: Chosen) {
  const { t } = useTranslation();
  const { form, change, point, targets } = props;
  const choose = (cluster: string) => {
    const reached = storagesFor(targets, point, cluster).some(({ id }) => id === form.storage);
    change({ cluster, storage: reached ? form.storage : '' });
  };
  return (
    <>
      <FormGroup label={t('restore.cluster')} fieldId="cluster">
        <FormSelect id="cluster" value={form.cluster} onChange={(_, id) => choose(id)}>
          <FormSelectOption value="" label={t('restore.asItWasOf', { name: point.settings?.cluster.name ?? '' })} />
          {targets.clusters.map(({ id, name }) => (
            <FormSelectOption key={id} value={id} label={name} />
          ))}
        </FormSelect>
      </FormGroup>
      <StorageChoice {...props} />
      {networksOf(point).map((network) => (
        <NetworkChoice key={network} {...props} network={network} />
      ))}
    </>
  );
}

function StorageChoice({ form, change, point, targets }: Chosen) {
  const { t } = useTranslation();
  const format = useFormat();
  const plan = useNeeds(point, true).data;
  const short = (storage: string) => (plan === undefined ? [] : shortages(targets, plan, form, storage));
  const own = [...new Set((point.settings?.disks ?? []).filter(({ id }) => form.disks.includes(id)).map(({ storage }) => storage))].join(', ');
  return (
    <FormGroup label={t('restore.storage')} fieldId="storage">
      <FormSelect id="storage" value={form.storage} onChange={(_, storage) => change({ storage })}>
        <FormSelectOption value="" label={t('restore.asItWasOf', { name: own })} />
        {storagesFor(targets, point, form.cluster).map(({ id, name, bytesAvailable }) => (
          <FormSelectOption
            key={id}
            value={id}
            label={t(short(id).length === 0 ? 'restore.free' : 'restore.tooSmall', { name, free: format.bytes(bytesAvailable) })}
          />
        ))}
      </FormSelect>
      <FormHelperText>
        <HelperText isLiveRegion>
          {short(form.storage).map(({ storage, needs }) => (
            <HelperTextItem key={storage.id} variant="warning">
              {t('restore.needs', { name: storage.name, needs: format.bytes(needs), free: format.bytes(storage.bytesAvailable) })}
            </HelperTextItem>
          ))}
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}

const SAME = 'same';
const NONE = 'none';

/** Ids are told from the two words by a sign in front. */
const ID = '#';

function NetworkChoice({ form, change, targets, network }: Chosen & { readonly network: string }) {
  const { t } = useTranslation();
  const to = form.networks[network];
  const choose = (value: string) => {
    const chosen = value === SAME ? undefined : value === NONE ? '' : value.slice(ID.length);
    change({ networks: withNetwork(form.networks, network, chosen) });
  };
  return (
    <FormGroup label={t('restore.network', { network })} fieldId={`network-${network}`}>
      <FormSelect
        id={`network-${network}`}
        value={to === undefined ? SAME : to === '' ? NONE : ID + to}
        onChange={(_, value) => choose(value)}
      >
        <FormSelectOption value={SAME} label={t('restore.asItWas')} />
        <FormSelectOption value={NONE} label={t('restore.notConnected')} />
        {targets.networks.map((one) => (
          <FormSelectOption key={one.id} value={ID + one.id} label={one.network === one.name ? one.name : `${one.network} · ${one.name}`} />
        ))}
      </FormSelect>
    </FormGroup>
  );
}
