import { Alert, Bullseye, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Spinner } from '@patternfly/react-core';
import { LockIcon, SearchIcon } from '@patternfly/react-icons';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiProblem, asProblem } from '../api/problem';
import { useProblemText } from './problemText';

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

/** What went wrong, why, what helps, and one thing to do. */
export function ProblemView({ problem, again }: { problem: ApiProblem; again?: () => void }) {
  const { t } = useTranslation();
  const { cause, remedy } = useProblemText(problem);
  if (problem.denied) {
    return (
      <EmptyState titleText={t('state.denied')} headingLevel="h2" icon={LockIcon} variant="xs">
        <EmptyStateBody>
          <p>{cause}</p>
          <p>{remedy}</p>
        </EmptyStateBody>
      </EmptyState>
    );
  }
  return (
    <Alert
      component="p"
      isInline
      variant="danger"
      title={cause}
      actionLinks={
        again && (
          <Button variant="link" isInline onClick={again}>
            {t('state.again')}
          </Button>
        )
      }
    >
      {remedy}
    </Alert>
  );
}

/** What a query brought, or why it is not there. What was shown before stays while it is asked for again. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return <>{children(query.data)}</>;
  }
  return query.isError ? <ProblemView problem={asProblem(query.error)} again={() => void query.refetch()} /> : <Loading />;
}
