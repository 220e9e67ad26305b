import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { ORDERS } from './draft';
import type { FieldsProps } from './PolicyForm';

const GFS = ['daily', 'weekly', 'monthly', 'yearly'] as const;

/** How long its backups are kept, and in which order VMs are read. */
export function RetentionFields({ draft, change }: FieldsProps) {
  const { t } = useTranslation();
  const kinds = draft.kind === 'none' ? (['manual'] as const) : ([draft.kind, 'manual'] as const);
  return (
    <>
      {kinds.map((kind) => (
        <FormGroup key={kind} label={t(kind === 'manual' ? 'policies.keepManual' : 'policies.keep')} fieldId={`keep-${kind}`}>
          <TextInput
            id={`keep-${kind}`}
            className="sp-short"
            value={draft.keep[kind] ?? ''}
            placeholder={t('policies.forEver')}
            onChange={(_, time) => change({ keep: { ...draft.keep, [kind]: time } })}
          />
          {kind !== 'manual' && (
            <FormHelperText>
              <HelperText>
                <HelperTextItem>{t('policies.keepHelp')}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          )}
        </FormGroup>
      ))}
      <FormGroup label={t('policies.beyond')} role="group">
        <div className="sp-row">
          <Count label={t('policies.newest')} value={draft.keepLast} onChange={(keepLast) => change({ keepLast })} />
          {GFS.map((rule) => (
            <Count key={rule} label={t(`policies.gfs.${rule}`)} value={draft.gfs[rule]} onChange={(count) => change({ gfs: { ...draft.gfs, [rule]: count } })} />
          ))}
        </div>
      </FormGroup>
      <FormGroup label={t('runs.order')} fieldId="order">
        <FormSelect id="order" value={draft.order} onChange={(_, order) => change({ order: order as typeof draft.order })}>
          {ORDERS.map((order) => (
            <FormSelectOption key={order} value={order} label={order === '' ? t('policies.serversOrder') : t(`order.${order}`)} />
          ))}
        </FormSelect>
      </FormGroup>
    </>
  );
}

function Count({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="sp-status">
      {label}
      <TextInput className="sp-count" aria-label={label} type="number" min={0} value={value} placeholder="0" onChange={(_, count) => onChange(count)} />
    </label>
  );
}
