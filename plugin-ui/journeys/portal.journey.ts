import { describe, expect, inject, it } from 'vitest';
import { admin } from './admin';
import { call } from './stand';
import { runs, vmId } from './truth';

const stand = inject('stand');

/** What an administrator does in the portal first. */
describe.skipIf(!stand)('in the portal', () => {
  const at = stand as NonNullable<typeof stand>;
  const who = admin(at);

  it('the landing page stays the portal’s, and Backup is in its menu', async () => {
    await who.row('web01').waitFor();
    expect(new URL(who.tab.page.url()).hash).toBe('#vms');
    await who.tab.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Backup' }).hover();
    await who.tab.page.getByRole('link', { name: 'Settings' }).waitFor();
    await who.tab.shot('portal-menu');
  });

  it('the overview says what is not protected', async () => {
    const frame = await who.tab.menu('Overview');
    await frame.getByRole('heading', { name: 'Overview' }).waitFor();
    await frame.getByText('web01').first().waitFor();
    await who.tab.look('overview-first');
  });

  it('a link to a page of another place leads there, and the menu leads back', async () => {
    const overview = await who.tab.menu('Overview');
    await overview.getByRole('link', { name: 'All runs' }).click();
    const elsewhere = await who.tab.place('Runs');
    await elsewhere.getByRole('heading', { name: 'Runs' }).waitFor();
    expect(new URL(who.tab.page.url()).hash).toBe('#stillpoint-runs');
    const back = await who.tab.menu('Overview');
    await back.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  it('a policy protects a VM', async () => {
    const frame = await who.tab.menu('Policies');
    await frame.getByRole('button', { name: 'New policy' }).first().click();
    await frame.getByRole('textbox', { name: 'Name' }).fill('Every night <b>');
    await frame.getByRole('button', { name: 'Choose…' }).click();
    await frame.getByRole('checkbox', { name: /web01/ }).check();
    await frame.getByRole('button', { name: 'Take these' }).click();
    await frame.getByLabel('Schedule').selectOption('daily');
    // Not while the journeys are under way.
    const hour = (new Date().getUTCHours() + 12) % 24;
    await frame.getByLabel('Within the hour').selectOption(String(hour));
    await frame.getByText('The next ten starts').waitFor();
    await frame.getByText(`${String(hour).padStart(2, '0')}:00 UTC`).first().waitFor();
    await frame.getByText(/within a week: at most/).waitFor();
    await who.tab.look('policy-form');
    await frame.getByRole('button', { name: 'Save' }).click();
    await frame.getByRole('heading', { name: 'Every night <b>' }).waitFor();
    await who.tab.look('policy');
    const policies = (await call(at, 'GET', 'policies')) as { items: { name: string; vms: string[] }[] };
    expect(policies.items.map(({ name, vms }) => ({ name, vms }))).toEqual([
      { name: 'Every night <b>', vms: [await vmId(at, 'web01')] },
    ]);
  });

  it('a double click on Back up now in the list of VMs makes one run, watched live to its end', async () => {
    const before = await runs(at);
    await who.row('web01').click();
    await who.tab.toast(/The backup of web01/, () => who.tab.doubleClick(who.button('Back up now'), '**/api/v1/runs'));
    await who.tab.shot('back-up-now');
    const frame = await who.tab.menu('Runs');
    await frame.getByRole('link', { name: /Backup of web01/ }).first().click();
    await frame.getByText(/Running|Queued|Succeeded/).first().waitFor();
    await who.tab.shot('run-live');
    // Without a reload.
    await frame.getByText('Succeeded').first().waitFor();
    await who.tab.look('run');
    expect(await runs(at)).toHaveLength(before.length + 1);
  });

  it('the tab of a VM shows its backups, after a reload too, and leads to those of others', async () => {
    await who.row('web01').getByRole('link').click();
    await who.tab.page.getByRole('tab', { name: 'Backups' }).click();
    const frame = await who.tab.place('Backups');
    await frame.getByRole('heading', { name: 'web01' }).waitFor();
    await who.tab.look('vm-tab');
    await who.tab.page.reload();
    const again = await who.tab.place('Backups');
    await again.getByRole('heading', { name: 'web01' }).waitFor();
    // Only we know: the portal has lost it.
    expect(await who.tab.page.getByRole('heading', { name: 'web01' }).count()).toBe(0);
    await again.getByRole('link', { name: 'VMs' }).click();
    await again.getByRole('heading', { name: 'VMs' }).waitFor();
    await who.tab.look('vm-tab-without-vm');
    await again.getByRole('link', { name: 'db01' }).click();
    await again.getByRole('heading', { name: 'db01' }).waitFor();
  });

  it('who reloads the page of a VM, or comes to it by its address, finds its backups in the tab', async () => {
    await who.tab.page.goto('about:blank');
    await who.tab.page.goto(`${at.portal}#vms-general;name=db01`);
    await who.tab.page.getByRole('tab', { name: 'Backups' }).click();
    const frame = await who.tab.place('Backups');
    await frame.getByRole('heading', { name: 'db01' }).waitFor();
  });
});
