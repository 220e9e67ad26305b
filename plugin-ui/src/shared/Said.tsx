import { useTranslation } from 'react-i18next';

/** What the server says in its own words, which are English: where the console speaks another language, a quotation. */
export function Said({ children }: { children: string | undefined }) {
  const { i18n } = useTranslation();
  if (!children) {
    return null;
  }
  return i18n.resolvedLanguage === 'en' ? <>{children}</> : <q lang="en">{children}</q>;
}
