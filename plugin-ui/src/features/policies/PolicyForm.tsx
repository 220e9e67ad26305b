import { ActionGroup, Alert, Button, Form } from '@patternfly/react-core';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { useAction } from '../../api/useAction';
import { ProblemView } from '../../shared/states';
import { Adopt } from './Adopt';
import { missing, type PolicyDraft, policyOf } from './draft';
import { CoverageFields } from './CoverageFields';
import { Previews } from './Previews';
import { RetentionFields } from './RetentionFields';
import { ScheduleFields } from './ScheduleFields';

export interface FieldsProps {
  readonly draft: PolicyDraft;
  readonly change: (part: Partial<PolicyDraft>) => void;
}

interface Props {
  /** The one that is changed; absent for a new one. */
  readonly policy?: string;
  readonly start: PolicyDraft;
  /** What of the adopted settings is not as it was. */
  readonly notes: readonly string[];
}

export function PolicyForm({ policy, start, notes }: Props) {
  const { t } = useTranslation();
  const { api, host } = useSession();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(start);
  const change = (part: Partial<PolicyDraft>) => setDraft((before) => ({ ...before, ...part }));
  const lacks = missing(draft);
  const save = useAction(
    () => {
      const wanted = policyOf(draft, host.site());
      return policy === undefined
        ? body(api.POST('/policies', { body: wanted }))
        : body(api.PUT('/policies/{policy}', { params: { path: { policy } }, body: wanted }));
    },
    {
      stale: [['policies'], ['slots'], ['protection'], ['overview'], ['drafts']],
      done: (saved) => void navigate(`/policies/${saved.id}`),
    },
  );
  return (
    <div className="sp-cards">
      <Form
        isHorizontal
        style={{ '--sp-span': 7 } as CSSProperties}
        onSubmit={(event) => {
          event.preventDefault();
          save.run(undefined);
        }}
      >
        {policy === undefined && <Adopt />}
        {notes.map((note) => (
          <Alert component="p" key={note} isInline variant="info" title={note} />
        ))}
        <CoverageFields draft={draft} change={change} />
        <ScheduleFields draft={draft} change={change} />
        <RetentionFields draft={draft} change={change} />
        {save.problem && <ProblemView problem={save.problem} />}
        <ActionGroup>
          <Button type="submit" isLoading={save.busy} isDisabled={save.busy || lacks.length > 0}>
            {t('action.save')}
          </Button>
          <Button variant="link" onClick={() => void navigate(policy === undefined ? '/policies' : `/policies/${policy}`)}>
            {t('action.cancel')}
          </Button>
          {lacks.length > 0 && (
            <span className="sp-subtle">{t('policies.lacks', { what: lacks.map((field) => t(`policies.lack.${field}`)).join(', ') })}</span>
          )}
        </ActionGroup>
      </Form>
      <Previews policy={policy} draft={draft} />
    </div>
  );
}
