import { useFormat } from './useFormat';
import { useNow } from './useNow';

const EVERY_MILLIS = 5000;

/** How long ago something was, as long as it is looked at. */
export function Ago({ at }: { at: string }) {
  const now = useNow(EVERY_MILLIS);
  return useFormat().ago(at, now);
}
