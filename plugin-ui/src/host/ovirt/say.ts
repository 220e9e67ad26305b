import type { PluginApi, Word } from './pluginApi';

/** So many characters of an alert are seen; what follows is cut off. */
const ALERT_FITS = 100;

/**
 * Says something in the portal. Its toasts go away after eight seconds, and are not shown to users who asked it not to disturb them,
 * which suits good news. What went wrong is an alert, which stays: one line, and the next alert takes its place. A longer text is a
 * toast too, which has it all.
 */
export function say(api: PluginApi, word: Word, text: string): void {
  const wrong = word === 'danger' || word === 'warning';
  if (wrong) {
    api.showAlert(word, text, {});
  }
  if (!wrong || text.length > ALERT_FITS) {
    api.showToast(word, text);
  }
}
