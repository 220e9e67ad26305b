import { type Problem, useProblemText } from './problemText';
import { useTell } from './tell';

/** Shows shortly that an action failed, why, and what helps. */
export function useTellProblem(): (problem: Problem) => void {
  const tell = useTell();
  const words = useProblemText();
  return (problem) => {
    const { title, cause, remedy } = words(problem);
    tell('danger', [title, cause, remedy].filter(Boolean).map((part) => part.replace(/[.:]$/, '')).join('. '));
  };
}
