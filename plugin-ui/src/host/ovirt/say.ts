import type { PluginApi, Word } from './pluginApi';

/**
 * Says something in the portal. Its toasts are not shown to users who asked it not to disturb them, which suits good
 * news; what went wrong is an alert, which always is.
 */
export function say(api: PluginApi, word: Word, text: string): void {
  if (word === 'danger' || word === 'warning') {
    api.showAlert(word, text, {});
  } else {
    api.showToast(word, text);
  }
}
