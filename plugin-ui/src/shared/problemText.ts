import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/problem';

/** A problem in words: the server's own, and ours where it could not say anything. */
export function useProblemText(problem: ApiProblem): { cause: string; remedy: string } {
  const { t } = useTranslation();
  if (problem.status === 0 && problem.kind === 'UNREACHABLE') {
    return { cause: t('problem.unreachable'), remedy: t('problem.unreachableRemedy') };
  }
  if (problem.status === 401) {
    return { cause: t('problem.expired'), remedy: t('problem.expiredRemedy') };
  }
  return {
    cause: problem.detail || t('problem.unknown', { kind: problem.kind }),
    remedy: problem.remedy || (problem.detail ? '' : t('problem.unknownRemedy')),
  };
}
