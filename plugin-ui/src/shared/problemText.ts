import { useTranslation } from 'react-i18next';
import { type ApiProblem, KINDS } from '../api/problem';

export interface Problem {
  readonly kind: string;
  readonly detail: string;
  readonly remedy: string;
}

interface ProblemText {
  /** Above all else: the cause, or where that is not in the reader's language, the sort of failure. */
  readonly title: string;
  /** In the server's words, where the title does not say them. */
  readonly cause: string;
  readonly remedy: string;
  /** Whether cause and remedy are the server's words. */
  readonly said: boolean;
}

/** Says problems: ours in the language of the console, the server's in its own words below a title that is translated. */
export function useProblemText(): (problem: Problem & Partial<Pick<ApiProblem, 'status'>>) => ProblemText {
  const { t, i18n } = useTranslation();
  const title = (kind: string) => {
    const known = KINDS.find((one) => one === kind);
    return known === undefined ? t('problem.unknown', { kind }) : t(`problem.kind.${known}`);
  };
  return (problem) => {
    if (problem.status === 0 && problem.kind === 'UNREACHABLE') {
      return { title: t('problem.unreachable'), cause: '', remedy: t('problem.unreachableRemedy'), said: false };
    }
    if (problem.status === 401) {
      return { title: t('problem.expired'), cause: '', remedy: t('problem.expiredRemedy'), said: false };
    }
    if (problem.detail === '') {
      return { title: title(problem.kind), cause: '', remedy: problem.remedy || t('problem.unknownRemedy'), said: problem.remedy !== '' };
    }
    return i18n.resolvedLanguage === 'en'
      ? { title: problem.detail, cause: '', remedy: problem.remedy, said: true }
      : { title: title(problem.kind), cause: problem.detail, remedy: problem.remedy, said: true };
  };
}
