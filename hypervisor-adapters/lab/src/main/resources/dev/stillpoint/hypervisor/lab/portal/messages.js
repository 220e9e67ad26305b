// Toasts at the lower right, alerts at the top centre, dialogs.
import { element } from './dom.js';

const TOAST_MILLIS = 8000;
const KINDS = ['success', 'info', 'warning', 'danger'];

const kindOf = (word) => {
  const kind = String(word).toLowerCase();
  return KINDS.includes(kind) ? kind : 'info';
};

export class Messages {
  constructor() {
    this.toasts = element('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
    this.alerts = element('div', { class: 'alerts', role: 'alert' });
    this.dialogs = new Map();
    this.quiet = false;
    this.element = element('div', {}, this.toasts, this.alerts);
  }

  /** Goes away by itself, and is not shown to a user who asked not to be disturbed. */
  toast(kind, text) {
    if (this.quiet) {
      return;
    }
    const clear = () => this.toasts.replaceChildren();
    const dismiss = element('button', { type: 'button', onClick: clear }, 'Dismiss All');
    const hush = () => {
      this.quiet = true;
      clear();
    };
    const quiet = element('button', { type: 'button', onClick: hush }, 'Do Not Disturb');
    const made = element('div', { class: `toast ${kindOf(kind)}` }, element('p', {}, String(text)), dismiss, quiet);
    this.toasts.prepend(made);
    setTimeout(() => made.remove(), TOAST_MILLIS);
  }

  /** One at a time and of one line: another takes its place, and a number tells of how many it is the last. */
  alert(kind, text, options) {
    const count = Number(this.alerts.querySelector('.alert')?.dataset.count ?? 0) + 1;
    const made = element('div', { class: `alert ${kindOf(kind)}`, 'data-count': String(count) },
      element('p', { title: String(text) }, String(text)));
    if (count > 1) {
      made.append(element('span', {}, String(count)));
    }
    made.append(element('button', { type: 'button', 'aria-label': 'Close', onClick: () => made.remove() }, '×'));
    this.alerts.replaceChildren(made);
    if (options?.autoHideMs) {
      setTimeout(() => made.remove(), options.autoHideMs);
    }
  }

  dialog(title, token, url, [width, height], options = {}) {
    const frame = element('iframe', { src: url, title });
    const close = () => this.closeDialog(token);
    const footer = element('footer', {}, ...(options.buttons ?? []).map((button) =>
      element('button', { type: 'button', onClick: () => button.onClick?.() }, button.label)));
    const head = element('header', {}, element('h2', {}, title));
    if (options.closeIconVisible !== false) {
      head.append(element('button', { type: 'button', 'aria-label': 'Close', onClick: close }, '×'));
    }
    const box = element('dialog', { 'aria-label': title }, head, frame, footer);
    box.style.width = width;
    box.style.height = height;
    box.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (options.closeOnEscKey !== false) {
        close();
      }
    });
    document.body.append(box);
    this.dialogs.set(token, box);
    box.showModal();
  }

  closeDialog(token) {
    this.dialogs.get(token)?.remove();
    this.dialogs.delete(token);
  }
}
