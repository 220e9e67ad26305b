import { Said } from './Said';
import { type Reasoned, useReasonText } from './useReasonText';

/** A reason in the language of the console; in the server's words where it has no code. */
export function Why({ of }: { of: Reasoned }) {
  const words = useReasonText()(of);
  return words === undefined ? <Said>{of.reason}</Said> : <>{words}</>;
}
