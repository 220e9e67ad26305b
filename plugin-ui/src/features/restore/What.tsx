import { Radio } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Point } from '../../api/types';
import type { RestoreForm } from './form';

interface Props {
  readonly form: RestoreForm;
  readonly change: (part: Partial<RestoreForm>) => void;
  readonly point: Point;
}

/** As a new VM beside the old one, or over it; single disks are downloaded. */
export function What({ form, change, point }: Props) {
  const { t } = useTranslation();
  return (
    <div role="radiogroup" aria-label={t('restore.what')} className="sp-choices">
      <Radio
        id="new-vm"
        name="mode"
        isChecked={form.mode === 'new-vm'}
        onChange={() => change({ mode: 'new-vm' })}
        label={t('restore.newVm')}
        description={t('restore.newVmText')}
      />
      <Radio
        id="in-place"
        name="mode"
        isChecked={form.mode === 'in-place'}
        onChange={() => change({ mode: 'in-place' })}
        label={t('restore.inPlace')}
        description={t('restore.inPlaceText')}
      />
      <p className="sp-subtle">
        {t('restore.singleDisk')} <Link to={`/backups/${point.id}`}>{t('restore.toDisks')}</Link>
      </p>
    </div>
  );
}
