import { Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import type { CSSProperties, ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** Of the page's twelve columns. */
  readonly span?: number;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One subject of a page. */
export function Panel({ title, span = 12, action, children }: Props) {
  return (
    <Card isCompact component="section" style={{ '--sp-span': span } as CSSProperties}>
      <CardHeader {...(action ? { actions: { actions: action, hasNoOffset: true } } : {})}>
        <CardTitle component="h2">{title}</CardTitle>
      </CardHeader>
      <CardBody>{children}</CardBody>
    </Card>
  );
}
