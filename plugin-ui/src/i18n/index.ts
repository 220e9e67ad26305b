import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';

/** Languages beside English, each loaded when it is wanted. */
const OTHERS: Readonly<Record<string, () => Promise<{ default: typeof en }>>> = {
  de: () => import('./de.json'),
};

/** The language of ours that fits a BCP 47 tag best. */
export function languageOf(tag: string): string {
  const language = tag.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return language in OTHERS ? language : 'en';
}

/** Shows the console in the language of the tag from now on. */
export async function speak(tag: string): Promise<void> {
  const language = languageOf(tag);
  if (!i18next.isInitialized) {
    // React escapes what it shows, so a second escaping would be seen.
    await i18next.use(initReactI18next).init({
      lng: 'en',
      fallbackLng: 'en',
      resources: { en: { translation: en } },
      interpolation: { escapeValue: false },
    });
  }
  const load = OTHERS[language];
  if (load && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await load()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
