import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { AdministratorsOnly } from '../../shared/AdministratorsOnly';
import { PageHead } from '../../shared/PageHead';
import { Loaded } from '../../shared/states';
import { ZONE } from '../../shared/useFormat';
import { draftOf, emptyDraft } from './draft';
import { PolicyForm } from './PolicyForm';
import { useDraft, usePolicy } from './usePolicy';

/** A new policy, one with the settings of an earlier policy or run, or one that is changed. */
export default function PolicyFormPage() {
  const { t } = useTranslation();
  const { policy } = useParams();
  return (
    <div className="sp-page">
      <PageHead up="policies" title={t(policy === undefined ? 'policies.newTitle' : 'policies.editTitle')} />
      <AdministratorsOnly>{policy === undefined ? <NewPolicy /> : <Existing policy={policy} />}</AdministratorsOnly>
    </div>
  );
}

function Existing({ policy }: { policy: string }) {
  return <Loaded query={usePolicy(policy)}>{(found) => <PolicyForm policy={found.id} start={draftOf(found, ZONE)} notes={[]} />}</Loaded>;
}

function NewPolicy() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const from = {
    ...(search.has('policy') ? { policy: search.get('policy') ?? '' } : {}),
    ...(search.has('run') ? { run: search.get('run') ?? '' } : {}),
  };
  const vm = search.get('vm');
  const group = search.get('select');
  const adopted = useDraft(from);
  if (from.policy === undefined && from.run === undefined) {
    const empty = { ...emptyDraft(ZONE), vms: vm === null ? [] : [vm], select: group ?? '' };
    return <PolicyForm key="new" start={empty} notes={[]} />;
  }
  return (
    <Loaded query={adopted}>
      {(draft) => (
        <PolicyForm
          key={`${from.policy ?? ''}${from.run ?? ''}`}
          start={{ ...draftOf(draft.policy, ZONE), name: '' }}
          notes={[...draft.notes, ...(draft.gone.length === 0 ? [] : [t('policies.gone', { count: draft.gone.length })])]}
        />
      )}
    </Loaded>
  );
}
