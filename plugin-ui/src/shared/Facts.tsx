import type { ReactNode } from 'react';

/** Names and what belongs to them; what is not known is left out. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode] | undefined)[] }) {
  return (
    <dl className="sp-facts">
      {items
        .filter((item) => item !== undefined && item[1] !== undefined)
        .map((item) => item && <Fact key={item[0]} name={item[0]} value={item[1]} />)}
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
