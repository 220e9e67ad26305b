import { useTranslation } from 'react-i18next';
import { type Problem, useProblemText } from './problemText';
import { useTell } from './tell';

/** Shows shortly that an action failed, why, and what helps. */
export function useTellProblem(): (problem: Problem) => void {
  const { t } = useTranslation();
  const tell = useTell();
  const words = useProblemText();
  return (problem) => {
    const { title, cause, remedy } = words(problem);
    // A toast has no markup: what would be a quotation has its marks in the text.
    const text = cause === '' ? [title.replace(/\.$/, ''), remedy] : [title, t('problem.quoted', { text: `${cause}. ${remedy}`.trim() })];
    tell('danger', text.filter(Boolean).join(cause === '' ? '. ' : ': '));
  };
}
