import { Wizard, WizardStep } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { Point } from '../../api/types';
import { Facts } from '../../shared/Facts';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';
import { Check } from './Check';
import { startingForm } from './form';
import { What } from './What';
import { Where } from './Where';
import { useDryRun, useRestore } from './useRestore';

/** What comes back, where to, what that would do; then it is done, once. */
export function RestoreWizard({ point }: { point: Point }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [, setSearch] = useSearchParams();
  const [form, setForm] = useState(() => startingForm(point));
  const [step, setStep] = useState('what');
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const plan = useDryRun(point, form, step === 'check');
  const restore = useRestore(point, form);
  const possible = plan.data !== undefined && plan.data.refusals.length === 0 && !plan.isFetching;
  return (
    <>
      <Facts
        items={[
          [t('backups.vm'), point.vmName],
          [t('backups.time'), <When at={point.time} both />],
          [t('backups.size'), format.bytes(point.disks.reduce((sum, disk) => sum + disk.bytesVirtual, 0))],
        ]}
      />
      <Wizard
        className="sp-wizard"
        isVisitRequired
        navAriaLabel={t('restore.steps')}
        onStepChange={(_, current) => {
          restore.reset();
          setStep(String(current.id));
        }}
        onClose={() => void navigate(`/backups/${point.id}`)}
      >
        <WizardStep
          id="what"
          name={t('restore.what')}
          footer={{
            nextButtonText: t('restore.next'),
            backButtonText: t('restore.otherPoint'),
            isBackDisabled: false,
            isNextDisabled: form.disks.length === 0,
            onBack: () => setSearch({ vm: point.vm }),
            cancelButtonText: t('action.cancel'),
          }}
        >
          <What form={form} change={change} point={point} />
        </WizardStep>
        <WizardStep
          id="where"
          name={t('restore.where')}
          footer={{
            nextButtonText: t('restore.toCheck'),
            backButtonText: t('action.back'),
            isNextDisabled: form.mode === 'new-vm' && form.name.trim() === '',
            cancelButtonText: t('action.cancel'),
          }}
        >
          <Where form={form} change={change} point={point} />
        </WizardStep>
        <WizardStep
          id="check"
          name={t('restore.check')}
          footer={{
            nextButtonText: t('restore.action'),
            backButtonText: t('action.back'),
            isNextDisabled: !possible || restore.busy,
            cancelButtonText: t('action.cancel'),
            onNext: () => restore.run(undefined),
            nextButtonProps: { isLoading: restore.busy },
          }}
        >
          <Check plan={plan} problem={restore.problem} />
        </WizardStep>
      </Wizard>
    </>
  );
}
