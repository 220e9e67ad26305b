import { utc } from './format';
import { useFormat } from './useFormat';

/** A time in the user's zone; UTC is beside it, or where there is no room, in its title. */
export function When({ at, both = false }: { at: string | undefined; both?: boolean }) {
  const format = useFormat();
  if (at === undefined) {
    return <span className="sp-subtle">–</span>;
  }
  return (
    <time dateTime={at} title={utc(at)}>
      {format.time(at)}
      {both && <span className="sp-subtle"> · {utc(at)}</span>}
    </time>
  );
}
