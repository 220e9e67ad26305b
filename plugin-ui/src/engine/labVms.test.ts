// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { Vms } from '../../../hypervisor-adapters/lab/src/main/resources/dev/stillpoint/hypervisor/lab/portal/vms.js';

const WEB = { id: 'id-web', name: 'web01', status: 'up', memory: '1' };

// jsdom has none.
vi.stubGlobal('CSS', { escape: (text: string) => text });

/** The lab's list of VMs, as its portal asks for it anew every few seconds. */
function list() {
  const main = document.createElement('main');
  document.body.replaceChildren(main);
  const vms = new Vms({ main: () => main, log: { severe: () => undefined }, reveal: () => undefined, selectionChanged: () => undefined });
  vms.addButton('Back up now', { id: 'backup', onClick: () => undefined });
  vms.update([WEB]);
  vms.showList();
  return { vms, button: () => main.querySelector<HTMLButtonElement>('#ActionPanelView_backup'), names: () => main.textContent };
}

const pointer = (type: string, buttons: number) => document.dispatchEvent(new MouseEvent(type, { buttons }));

test('what is pressed stays until it is released, so that it is clicked', () => {
  const { vms, button, names } = list();
  const pressed = button();
  pointer('pointerdown', 1);
  vms.update([{ ...WEB, name: 'web02' }]);
  expect(button()).toBe(pressed);
  pointer('pointerup', 0);
  vms.update([{ ...WEB, name: 'web02' }]);
  expect(names()).toContain('web02');
});

test('a button that has the focus has it also when it is drawn anew', async () => {
  const { vms, button } = list();
  button()?.focus();
  vms.update([WEB]);
  await Promise.resolve();
  expect(document.activeElement).toBe(button());
});
