import { FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePastPolicies } from './usePolicy';

/** Begins with the settings of a policy that is or was. */
export function Adopt() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const past = usePastPolicies().data?.items ?? [];
  if (past.length === 0) {
    return null;
  }
  return (
    <FormGroup label={t('policies.adopt')} fieldId="adopt">
      <FormSelect
        id="adopt"
        value={search.get('policy') ?? ''}
        onChange={(_, policy) => setSearch(policy === '' ? {} : { policy }, { replace: true })}
      >
        <FormSelectOption value="" label={t('policies.adoptNone')} />
        {past.map(({ id, name, deleted }) => (
          <FormSelectOption key={id} value={id} label={deleted ? t('policies.wasDeleted', { name }) : name} />
        ))}
      </FormSelect>
    </FormGroup>
  );
}
