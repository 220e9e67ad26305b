import { useTranslation } from 'react-i18next';
import { usePolicies } from '../../api/policies';
import { ChoiceFilter, DayFilter, FilterBar, TextFilter } from '../../shared/FilterBar';
import type { BackupFilters } from './useBackups';

interface Props {
  readonly values: BackupFilters;
  readonly set: (name: keyof BackupFilters, value: string) => void;
  readonly clear: () => void;
  readonly changed: boolean;
}

export function BackupFilterBar({ values, set, clear, changed }: Props) {
  const { t } = useTranslation();
  const policies = usePolicies();
  return (
    <FilterBar changed={changed} onClear={clear}>
      <TextFilter label={t('backups.vm')} value={values.vm} onChange={(vm) => set('vm', vm)} />
      <ChoiceFilter
        label={t('backups.policy')}
        value={values.policy}
        onChange={(policy) => set('policy', policy)}
        options={[['', t('backups.anyPolicy')], ...(policies.data?.items ?? []).map(({ id, name }) => [id, name] as const)]}
      />
      <ChoiceFilter
        label={t('backups.mode')}
        value={values.mode}
        onChange={(mode) => set('mode', mode)}
        options={[['', t('backups.anyMode')], ...(['full', 'incremental', 'mixed'] as const).map((mode) => [mode, t(`backups.modes.${mode}`)] as const)]}
      />
      <ChoiceFilter
        label={t('backups.state')}
        value={values.state}
        onChange={(state) => set('state', state)}
        options={[['', t('backups.anyState')], ...(['complete', 'partial'] as const).map((state) => [state, t(`stateName.${state}`)] as const)]}
      />
      <ChoiceFilter
        label={t('backups.size')}
        value={values.minGib}
        onChange={(size) => set('minGib', size)}
        options={[['', t('backups.anySize')], ...['1', '10', '100', '1000'].map((gib) => [gib, t('backups.atLeast', { gib })] as const)]}
      />
      <DayFilter label={t('table.from')} value={values.from} onChange={(day) => set('from', day)} />
      <DayFilter label={t('table.to')} value={values.to} onChange={(day) => set('to', day)} />
    </FilterBar>
  );
}
