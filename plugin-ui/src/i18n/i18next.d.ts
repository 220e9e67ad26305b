import 'i18next';
import type en from './en.json';

// A text that is not in en.json does not compile.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}
