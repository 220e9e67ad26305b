// The menu on the left: primary entries, each a place or a container with a fly-out of places.
import { element, icon } from './dom.js';

/** What the lab has of the portal's own. */
const OWN = [
  { id: 'compute', label: 'Compute', icon: 'compute', places: [['vms', 'Virtual Machines']] },
  { id: 'network', label: 'Network', icon: 'network', places: [['networks', 'Networks']] },
  { id: 'storage', label: 'Storage', icon: 'storage', places: [['storage', 'Storage Domains']] },
  { id: 'administration', label: 'Administration', icon: 'administration', places: [['users', 'Users']] },
  { id: 'events', label: 'Events', icon: 'events', token: 'events', places: [] },
];

export class Menu {
  constructor(reveal) {
    this.reveal = reveal;
    this.entries = OWN.map((entry) => ({ ...entry, places: [...entry.places] }));
    // The entry that was clicked last: a place that is reached by the address alone is not marked.
    this.marked = 'compute';
    this.open = undefined;
    this.list = element('ul');
    this.element = element('nav', { class: 'menu', 'aria-label': 'Main' }, this.list);
    this.element.addEventListener('mouseleave', () => this.unfold(undefined));
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        this.unfold(undefined);
      }
    });
    this.draw();
  }

  /** A whole number below the count of entries is the entry's index, all else puts it last. */
  add(entry, priority) {
    const index = Number.isFinite(priority) ? Math.trunc(priority) : this.entries.length;
    this.entries.splice(Math.max(0, index), 0, { places: [], ...entry });
    this.draw();
  }

  addPlace(container, token, label, priority) {
    const entry = this.entries.find((one) => one.id === container);
    if (entry) {
      const index = Number.isFinite(priority) ? Math.trunc(priority) : entry.places.length;
      entry.places.splice(index, 0, [token, label]);
      this.draw();
    }
  }

  unfold(id) {
    this.open = id;
    for (const item of this.list.children) {
      const open = item.dataset.id === id;
      item.classList.toggle('open', open);
      item.firstChild.setAttribute('aria-expanded', String(open));
    }
  }

  draw() {
    this.list.replaceChildren(...this.entries.map((entry) => this.item(entry)));
    this.unfold(this.open);
  }

  item(entry) {
    const go = (token) => {
      this.marked = entry.id;
      this.draw();
      this.unfold(undefined);
      this.reveal(token);
    };
    const button = element(
      'button',
      {
        type: 'button',
        onClick: () => (entry.token ? go(entry.token) : this.unfold(this.open === entry.id ? undefined : entry.id)),
      },
      icon(entry.icon),
      element('span', {}, entry.label),
    );
    const places = entry.places.map(([token, label]) =>
      element('li', {}, element('a', { href: `#${token}`, onClick: (event) => {
        event.preventDefault();
        go(token);
      } }, label)),
    );
    const flyout = element('div', { class: 'flyout' }, element('h2', {}, entry.label), element('ul', {}, ...places));
    const item = element('li', { 'data-id': entry.id, class: entry.id === this.marked ? 'marked' : '' }, button);
    if (places.length > 0) {
      button.classList.add('container');
      item.append(flyout);
      item.addEventListener('mouseenter', () => this.unfold(entry.id));
    }
    return item;
  }
}
