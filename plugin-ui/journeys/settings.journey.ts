import { describe, expect, inject, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { admin } from './admin';
import { lab } from './browser';
import { call, SITE, until } from './stand';
import { backup, ended, type Run, runs } from './truth';

const stand = inject('stand');
const GIB = 2 ** 30;

/** What concerns all of it, and what works without a mouse. */
describe.skipIf(!stand)('the rest of the portal', () => {
  const at = stand as NonNullable<typeof stand>;
  const who = admin(at);

  it('the reserve is changed within its limits', async () => {
    const frame = await who.tab.menu('Settings');
    const size = frame.getByRole('textbox', { name: 'New reserve' });
    const resize = frame.getByRole('button', { name: 'Resize' });
    await size.fill('0');
    await expect.poll(() => resize.isDisabled()).toBe(true);
    await who.tab.look('reserve-refused');
    await frame.getByLabel('Unit').selectOption('GiB');
    await size.fill('3');
    await who.tab.toast('The reserve is 3 GiB now', () => resize.click());
    await who.tab.look('settings');
    expect(await call(at, 'GET', 'repository')).toMatchObject({ reserveBytes: 3 * GIB });
  });

  it('who is told of runs is shown, and a test mail arrives', async () => {
    const frame = await who.tab.menu('Settings');
    await frame.getByRole('tab', { name: 'Notices' }).click();
    await frame.getByText('admin@example.org, night-shift@example.org').waitFor();
    await frame.getByRole('button', { name: 'Send a test mail' }).click();
    await frame.getByText('Taken', { exact: true }).waitFor();
    await who.tab.look('settings-notices');
    expect(readFileSync(at.mails, 'utf8')).toContain('night-shift@example.org');
  });

  it('what a backup left on the manager is listed, and released', async () => {
    const frame = await who.tab.menu('Settings');
    await lab(at, 'PUT', 'faults', { mergeFails: true });
    try {
      const { id } = (await call(at, 'POST', 'runs', { site: SITE, vms: ['db01'] })) as Run;
      expect((await ended(at, id)).state).toBe('warning');
      await frame.getByRole('tab', { name: 'Leftovers' }).click();
      await frame.getByText('Snapshot', { exact: true }).first().waitFor();
      await who.tab.look('settings-leftovers');
      await frame.getByRole('checkbox', { name: /other backup products/ }).check();
      await frame.getByText('Snapshot', { exact: true }).first().waitFor();
      await who.tab.look('settings-leftovers-others');
    } finally {
      await lab(at, 'PUT', 'faults', { mergeFails: false });
    }
    // The manager may still be at a merge that fails; then it says so, and one tries again.
    await until('our leftover to be released', async () => {
      const told = who.tab.page.locator('.toast, .alert').filter({ hasText: 'released' });
      // Read where it comes up: a toast goes away by itself.
      const [words] = await Promise.all([told.first().innerText(), frame.getByRole('button', { name: 'Release ours' }).click()]);
      await told.evaluateAll((all) => all.forEach((one) => one.remove()));
      return words.includes('0 left') || undefined;
    });
    await frame.getByText('Nothing is left behind').waitFor();
  });

  it("the overview's charts show what several VMs take", async () => {
    await backup(at, 'web01', 'db01', 'files01', 'legacy01', 'büro test');
    const frame = await who.tab.menu('Overview');
    const space = frame.locator('section').filter({ has: frame.getByRole('heading', { name: 'Space per VM' }) });
    await space.locator('svg').getByText('legacy01').first().waitFor();
    await space.scrollIntoViewIfNeeded();
    await who.tab.look('overview-space');
  });

  it('every place of the menu has its page', async () => {
    for (const label of ['Overview', 'Backups', 'Runs', 'Policies', 'Planner', 'Groups', 'Settings']) {
      const frame = await who.tab.menu(label);
      await frame.getByRole('heading', { level: 1 }).waitFor();
      await frame.locator('[role=progressbar][aria-valuetext]').first().waitFor({ state: 'detached' });
      await who.tab.look(`place-${label.toLowerCase()}`);
    }
  });

  it('a reload and a link to a place open it', async () => {
    await who.tab.menu('Runs');
    await who.tab.page.reload();
    const frame = await who.tab.place('Runs');
    await frame.getByRole('heading', { name: 'Runs' }).waitFor();
  });

  it('by keyboard alone a VM is backed up from the list', async () => {
    const before = (await runs(at)).length;
    const { keyboard } = who.tab.page;
    await who.tab.tabTo(who.row('legacy01'));
    await keyboard.press('Space');
    await who.tab.tabTo(who.button('Back up now'));
    await who.tab.toast(/The backup of legacy01/, () => keyboard.press('Enter'));
    expect(await runs(at)).toHaveLength(before + 1);
  });

  it('by keyboard alone a backup becomes a new VM', async () => {
    await backup(at, 'büro test');
    const { keyboard } = who.tab.page;
    await who.tab.tabTo(who.row('büro test'));
    await keyboard.press('Space');
    await who.tab.tabTo(who.button('Restore…'));
    await keyboard.press('Enter');
    const frame = await who.tab.place('Backups');
    await who.tab.tabTo(frame.getByRole('grid', { name: 'Points in time' }).getByRole('button').first());
    await keyboard.press('Enter');
    await who.tab.tabTo(frame.getByRole('button', { name: 'Next' }));
    await keyboard.press('Enter');
    await who.tab.tabTo(frame.getByRole('textbox', { name: 'Name' }));
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type('büro keyboard');
    await who.tab.tabTo(frame.getByRole('button', { name: 'Check', exact: true }).last());
    await keyboard.press('Enter');
    await frame.getByText('Nothing stands against it').waitFor();
    await who.tab.tabTo(frame.getByRole('button', { name: 'Restore', exact: true }).last());
    await keyboard.press('Enter');
    const run = await who.tab.place('Runs');
    await run.waitForURL(/#\/runs\//);
    await run.getByText('Succeeded').first().waitFor();
  });
});
