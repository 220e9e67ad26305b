import { Alert } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Place } from '../api/problem';
import { type Problem, useProblemText } from './problemText';
import { Said } from './Said';

interface Props {
  readonly problem: Problem & { readonly status?: number; readonly place?: Place | undefined };
  readonly variant?: 'danger' | 'warning';
  readonly action?: ReactNode;
}

/** A problem by itself: what it is, what helps, and where. */
export function ProblemAlert({ problem, variant = 'danger', action }: Props) {
  const { title } = useProblemText()(problem);
  return (
    <Alert component="p" isInline variant={variant} title={title} actionLinks={action}>
      <ProblemBody problem={problem} />
    </Alert>
  );
}

/** What stands below the title of a problem. */
function ProblemBody({ problem }: Pick<Props, 'problem'>) {
  const { cause, remedy, said } = useProblemText()(problem);
  return (
    <>
      {cause && (
        <p>
          <Said>{cause}</Said>
        </p>
      )}
      {remedy && <p>{said ? <Said>{remedy}</Said> : remedy}</p>}
      {problem.place && <PlaceLink place={problem.place} />}
    </>
  );
}

/** A problem within a line of others. */
export function ProblemLine({ problem }: { problem: Problem }) {
  const { title, cause, remedy } = useProblemText()(problem);
  return (
    <>
      <strong>{title}</strong> <Said>{cause}</Said> <Said>{remedy}</Said>
    </>
  );
}

const PAGES = {
  sites: ['/settings?tab=sites', 'settings.tab.sites'],
  vms: ['/vm', 'vm.title'],
  groups: ['/groups', 'groups.title'],
  policies: ['/policies', 'policies.title'],
  past_policies: ['/policies/new', 'policies.newTitle'],
  runs: ['/runs', 'runs.title'],
  points: ['/backups', 'backups.title'],
  holds: ['/backups', 'backups.title'],
  restore: ['/restore', 'restore.title'],
  repository: ['/settings', 'settings.tab.space'],
} as const satisfies Record<Place, readonly [string, string]>;

function PlaceLink({ place }: { place: Place }) {
  const { t } = useTranslation();
  const [path, title] = PAGES[place];
  return (
    <p>
      {t('problem.see')} <Link to={path}>{t(title)}</Link>
    </p>
  );
}
