import type { ReactNode } from 'react';

/** What a page is about, and what can be done with it. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="sp-head">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
