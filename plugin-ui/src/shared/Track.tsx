import { percent } from './format';

/** How much of something is done; never more than all of it. */
export function Track({ done, total, label }: { done: number; total: number; label: string }) {
  const share = percent(done, total);
  return (
    <span className="sp-track" role="progressbar" aria-label={label} aria-valuenow={Math.floor(share)} aria-valuemin={0} aria-valuemax={100}>
      <span style={{ width: `${share}%` }} />
    </span>
  );
}
