import { Checkbox, Radio } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { mayRestoreAs } from '../../shared/rights';
import { useFormat } from '../../shared/useFormat';
import { someOnly, type StepProps } from './form';

/** As a new VM beside the old one, or over it; all of its disks, or some. */
export function What({ form, change, point }: StepProps) {
  const { t } = useTranslation();
  return (
    <div className="sp-choices">
      <div role="radiogroup" aria-label={t('restore.what')} className="sp-choices">
        <Radio
          id="new-vm"
          name="mode"
          isChecked={form.mode === 'new-vm'}
          isDisabled={!mayRestoreAs('new-vm', point.rights)}
          onChange={() => change({ mode: 'new-vm' })}
          label={t('restore.newVm')}
          description={t(mayRestoreAs('new-vm', point.rights) ? 'restore.newVmText' : 'restore.newVmNot')}
        />
        <Radio
          id="in-place"
          name="mode"
          isChecked={form.mode === 'in-place'}
          isDisabled={!mayRestoreAs('in-place', point.rights)}
          onChange={() => change({ mode: 'in-place' })}
          label={t('restore.inPlace')}
          description={t(mayRestoreAs('in-place', point.rights) ? 'restore.inPlaceText' : 'restore.inPlaceNot')}
        />
      </div>
      {point.disks.length > 1 && <Disks form={form} change={change} point={point} />}
      <p className="sp-subtle">
        {t('restore.singleDisk')} <Link to={`/backups/${point.id}`}>{t('restore.toDisks')}</Link>
      </p>
    </div>
  );
}

function Disks({ form, change, point }: StepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const some = form.mode === 'in-place' ? 'restore.disksInPlace' : 'restore.disksNewVm';
  return (
    <fieldset className="sp-disks">
      <legend>{t('restore.disks')}</legend>
      {point.disks.map(({ disk, name, bytesVirtual }) => (
        <Checkbox
          key={disk}
          id={`disk-${disk}`}
          label={`${name} · ${format.bytes(bytesVirtual)}`}
          isChecked={form.disks.includes(disk)}
          onChange={(_, on) => change({ disks: on ? [...form.disks, disk] : form.disks.filter((one) => one !== disk) })}
        />
      ))}
      <p className="sp-subtle" role="status">
        {form.disks.length === 0 ? t('restore.disksNone') : someOnly(point, form) ? t(some) : t('restore.disksAll')}
      </p>
    </fieldset>
  );
}
