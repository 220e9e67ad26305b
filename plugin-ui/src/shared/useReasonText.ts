import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '../api/types';
import { useFormat } from './useFormat';

/** What the server explains: a sentence of its own, and the same for others to say. */
export interface Reasoned {
  readonly reason: string;
  readonly reasons: readonly Reason[];
}

const INSTANTS = new Set(['at', 'until']);
const KINDS = ['one-time', 'daily', 'weekly', 'monthly'] as const;

/** Says reasons in the language of the console; undefined for one that has no code. */
export function useReasonText(): (of: Reasoned) => string | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    // Each sentence has values of its own, and codes have what i18next takes for a context: more than its types follow.
    const sentence = t as unknown as (key: `reason.${Reason['code']}`, values: Record<string, string>) => string;
    const value = (name: string, text: string) => {
      if (INSTANTS.has(name)) {
        return format.time(text);
      }
      const kind = name === 'kind' ? KINDS.find((known) => known === text) : undefined;
      return kind === undefined ? text : t(`policies.kind.${kind}`);
    };
    const say = ({ code, values }: Reason) =>
      sentence(`reason.${code}`, Object.fromEntries(Object.entries(values).map(([name, text]) => [name, value(name, text)])));
    return ({ reasons }) => (reasons.length === 0 ? undefined : reasons.map(say).join('; '));
  }, [t, format]);
}
