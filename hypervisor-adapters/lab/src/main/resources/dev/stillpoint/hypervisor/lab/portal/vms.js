// The list of VMs and a VM's details: what is needed of them to select a VM and to open its tabs.
import { element } from './dom.js';
import { ask } from './plugins.js';

const COLUMNS = ['', 'Name', 'Comment', 'Host', 'IP Addresses', 'FQDN', 'Cluster', 'Data Center', 'Memory', 'Status'];
/** The portal's own buttons do nothing here. */
const OWN_BUTTONS = ['New', 'Edit', 'Run', 'Suspend', 'Shutdown', 'Reboot', 'Console', 'Create Snapshot'];
const OWN_TABS = [
  'General', 'Network Interfaces', 'Disks', 'Snapshots', 'Applications', 'Containers', 'Host Devices', 'Vm Devices',
  'Affinity Groups', 'Affinity Labels', 'Guest Info', 'Permissions', 'Errata', 'Events',
];
const GENERAL = 'vms-general';

export class Vms {
  /**
   * @param portal has `reveal`, `log`, `selectionChanged(items)` and `main`, the element for a place
   */
  constructor(portal) {
    this.portal = portal;
    this.vms = [];
    this.selected = [];
    // Before that the real portal tells nobody what is selected, but for the buttons when it asks them.
    this.listed = false;
    this.buttons = [];
    this.tabs = [];
    this.slot = element('div', { class: 'tab-content' });
    this.pressed = false;
    for (const event of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel']) {
      document.addEventListener(event, ({ buttons }) => (this.pressed = buttons > 0), true);
    }
  }

  /** What came from the engine; the selection is kept and not told again, however different its VMs look. */
  update(vms) {
    if (this.pressed) {
      // A click is a press and a release on one element: one that is drawn anew in between is not clicked.
      return;
    }
    this.vms = vms.map((vm) => ({
      id: vm.id, name: vm.name, status: vm.status === 'up' ? 'Up' : 'Down', memory: Number(vm.memory), managed: true,
    }));
    this.selected = this.vms.filter((vm) => this.selected.some((one) => one.id === vm.id));
    this.redraw?.();
  }

  items() {
    return this.selected.map((vm) => ({ id: vm.id, name: vm.name, ipaddress: '', status: vm.status, managed: true }));
  }

  select(vms) {
    this.selected = vms;
    this.redraw?.();
    if (this.listed) {
      this.portal.selectionChanged(this.items());
    }
  }

  addButton(label, button) {
    this.buttons.push({ label, button });
    this.redraw?.();
  }

  addTab(tab) {
    this.tabs.push(tab);
    this.tabs.sort((a, b) => a.priority - b.priority);
  }

  actions() {
    const labels = OWN_BUTTONS.map((label) => ({ label, disabled: true, index: 0 }));
    const added = this.buttons.map(({ label, button }) => ({
      label,
      id: `ActionPanelView_${button.id}`,
      index: button.index ?? Infinity,
      // What throws counts as enabled.
      disabled: ask(this.portal.log, button, 'isEnabled', this.items(), true) === false,
      hidden: ask(this.portal.log, button, 'isAccessible', this.items(), true) === false,
      click: () => ask(this.portal.log, button, 'onClick', this.items(), undefined),
    }));
    added.sort((a, b) => a.index - b.index);
    const shown = [...labels, ...added].filter((one) => !one.hidden);
    return element('div', { class: 'actions' }, ...shown.map((one) =>
      element('button', { type: 'button', id: one.id, disabled: one.disabled, onClick: one.click }, one.label)));
  }

  showList() {
    this.listed = true;
    this.redraw = () => this.portal.main().replaceChildren(this.list());
    this.redraw();
  }

  /** Something else is shown from now on. */
  leave() {
    this.redraw = undefined;
  }

  list() {
    const active = document.activeElement;
    const row = active?.closest?.('tr')?.dataset.id;
    const focused = row ? `tr[data-id="${CSS.escape(row)}"]` : active?.id && `#${CSS.escape(active.id)}`;
    const head = element('thead', {}, element('tr', {}, ...COLUMNS.map((name) => element('th', { scope: 'col' }, name))));
    const body = element('tbody', {}, ...this.vms.map((vm) => this.row(vm)));
    const table = element('table', {}, head, body);
    const path = element('p', { class: 'path' }, 'Compute › ', element('a', { href: '#vms' }, 'Virtual Machines'));
    const page = element('div', { class: 'page' }, path, this.actions(), table);
    if (focused) {
      queueMicrotask(() => page.querySelector(focused)?.focus());
    }
    return page;
  }

  row(vm) {
    const isSelected = this.selected.includes(vm);
    const choose = (event) => {
      const others = event.ctrlKey ? this.selected.filter((one) => one !== vm) : [];
      this.select(event.ctrlKey && isSelected ? others : [...others, vm]);
    };
    const open = (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.open(vm);
    };
    const mark = element('td', { class: vm.status.toLowerCase() }, vm.status === 'Up' ? '▲' : '▼');
    const name = element('td', {}, element('a', { href: `#${GENERAL};name=${vm.name}`, onClick: open }, vm.name));
    const rest = ['', '', '', '', 'lab', 'Default', `${Math.round(vm.memory / 2 ** 20)} MB`, vm.status];
    return element(
      'tr',
      {
        'data-id': vm.id, tabindex: 0, 'aria-selected': String(isSelected), onClick: choose,
        onKeydown: (event) => {
          if (event.key === ' ') {
            event.preventDefault();
            choose(event);
          }
        },
      },
      mark,
      name,
      ...rest.map((text) => element('td', {}, text)),
    );
  }

  open(vm) {
    this.select([vm]);
    this.portal.reveal(GENERAL, `;name=${encodeURIComponent(vm.name)}`);
  }

  /** `token` is the tab's; a name counts only for the portal's own. Else the VM stays the one that is selected, if there is one. */
  showDetails(token, parameters) {
    const named = token === GENERAL && this.vms.find((vm) => vm.name === parameters.name);
    if (named && !this.selected.includes(named)) {
      this.select([named]);
    }
    this.redraw = () => this.drawHead(token);
    this.portal.main().replaceChildren(element('div', { class: 'details' }, element('div'), this.slot));
    this.redraw();
    if (token === GENERAL) {
      this.slot.replaceChildren(...this.general());
    }
  }

  drawHead(token) {
    const vm = this.selected[0];
    const path = element('p', { class: 'path' }, 'Compute › ', element('a', { href: '#vms' }, 'Virtual Machines'));
    const heading = vm ? element('h1', {}, vm.name) : undefined;
    const own = OWN_TABS.map((label) => ({ label, token: label === 'General' ? GENERAL : undefined }));
    const tabs = [...own, ...this.tabs].map((tab) =>
      element(
        'button',
        {
          type: 'button', role: 'tab', 'aria-selected': String(tab.token === token), disabled: tab.token === undefined,
          onClick: () => this.portal.reveal(tab.token),
        },
        tab.label,
      ));
    const head = element('div', { class: 'head' }, path, heading, vm ? this.actions() : undefined);
    const strip = element('div', { class: 'tabs', role: 'tablist' }, ...tabs);
    const top = element('div', { class: 'top' }, head, strip);
    this.portal.main().querySelector('.details')?.firstChild.replaceWith(top);
  }

  general() {
    const vm = this.selected[0];
    const facts = vm ? [['Name', vm.name], ['VM ID', vm.id], ['Status', vm.status]] : [];
    return [element('dl', {}, ...facts.flatMap(([name, value]) => [
      element('dt', {}, `${name}:`), element('dd', {}, value),
    ]))];
  }
}
