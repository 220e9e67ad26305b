import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

interface Props {
  readonly title: string;
  /** The list that the page belongs to, which a portal's menu does not lead back to from within its place. */
  readonly up?: 'backups' | 'policies' | 'runs' | 'vm';
  readonly children?: ReactNode;
}

/** What a page is about, and what can be done with it. */
export function PageHead({ title, up, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className="sp-head">
      <div className="sp-title">
        {up && (
          <>
            <Link to={`/${up}`}>{t(`${up}.title`)}</Link>
            <span aria-hidden="true">›</span>
          </>
        )}
        <h1>{title}</h1>
      </div>
      {children}
    </div>
  );
}
