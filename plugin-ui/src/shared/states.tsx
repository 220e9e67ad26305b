import { Bullseye, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Spinner } from '@patternfly/react-core';
import { LockIcon, SearchIcon } from '@patternfly/react-icons';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiProblem, asProblem } from '../api/problem';
import { ProblemAlert } from './ProblemWords';
import { Said } from './Said';

export function Loading() {
  const { t } = useTranslation();
  return (
    <Bullseye style={{ padding: 24 }}>
      <Spinner size="lg" aria-label={t('state.loading')} />
    </Bullseye>
  );
}

/** Nothing is there yet, or nothing fits: says which, and what to do about it. */
export function Empty({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <EmptyState titleText={title} headingLevel="h2" icon={SearchIcon} variant="xs">
      <EmptyStateBody>{text}</EmptyStateBody>
      {action && (
        <EmptyStateFooter>
          <EmptyStateActions>{action}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}

/** The caller may not see this: why, and who can change that. */
export function Denied({ title, cause, remedy }: { title?: string; cause?: ReactNode; remedy: ReactNode }) {
  const { t } = useTranslation();
  return (
    <EmptyState titleText={title ?? t('state.denied')} headingLevel="h2" icon={LockIcon} variant="xs">
      <EmptyStateBody>
        {cause && <p>{cause}</p>}
        <p>{remedy}</p>
      </EmptyStateBody>
    </EmptyState>
  );
}

/** What went wrong, why, what helps, and one thing to do. */
export function ProblemView({ problem, again }: { problem: ApiProblem; again?: () => void }) {
  const { t } = useTranslation();
  if (problem.denied) {
    return <Denied cause={<Said>{problem.detail}</Said>} remedy={<Said>{problem.remedy}</Said>} />;
  }
  return (
    <ProblemAlert
      problem={problem}
      action={
        again && (
          <Button variant="link" isInline onClick={again}>
            {t('state.again')}
          </Button>
        )
      }
    />
  );
}

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  /** The page's, where what is loaded brings its own. */
  readonly head?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** What a query brought, or why it is not there. What was shown before stays while it is asked for again. */
export function Loaded<T>({ query, head, children }: LoadedProps<T>) {
  if (query.data !== undefined) {
    return <>{children(query.data)}</>;
  }
  return (
    <>
      {head}
      {query.isError ? <ProblemView problem={asProblem(query.error)} again={() => void query.refetch()} /> : <Loading />}
    </>
  );
}
