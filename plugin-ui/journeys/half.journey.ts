import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, NARROW, signedInAlone } from './browser';
import { call, SITE } from './stand';
import { backup, ended, runs, vmId } from './truth';

const stand = inject('stand');
const PAGES = ['overview', 'vm', 'backups', 'runs', 'policies', 'planner', 'groups', 'settings', 'restore', 'policies/new'] as const;

/** Somebody who may have one VM backed up, but not restored, and who administers nothing. */
describe.skipIf(!stand)('a user with half the rights', () => {
  const at = stand as NonNullable<typeof stand>;
  let browser: Browser;
  let vm = '';
  let point = '';
  let policy = '';

  beforeAll(async () => {
    browser = await launch();
    vm = await vmId(at, 'files01');
    point = (await backup(at, 'files01')).vms[0]?.point ?? '';
    const made = (await call(at, 'POST', 'policies', { name: 'files by hand', site: SITE, vms: ['files01'] })) as { id: string };
    policy = made.id;
  });

  afterAll(async () => {
    await browser.close();
    await call(at, 'DELETE', `policies/${policy}`);
  });

  for (const size of ['wide', 'narrow'] as const) {
    it(`every page says what is there for him, ${size}`, async () => {
      const one = await signedInAlone(browser, at, at.backupUser, size === 'narrow' ? { viewport: NARROW } : {});
      for (const page of PAGES) {
        await one.open(at, page);
        await one.look(`half-${page.replace('/', '-')}-${size}`);
        const wider = await one.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect.soft(wider, `${page} is wider than the window by`).toBeLessThanOrEqual(0);
        expect.soft(await one.page.getByRole('alert').or(one.page.locator('.pf-m-danger.pf-v6-c-alert')).count(), `alarms on ${page}`).toBe(0);
      }
      expect.soft(one.complaints).toEqual([]);
      await one.close();
    });
  }

  it('is offered what he may, and told who can give him more', async () => {
    const one = await signedInAlone(browser, at, at.backupUser);
    const button = (name: string | RegExp) => one.page.getByRole('button', { name });
    const open = (path: string) => one.open(at, path);
    await open('vm');
    await one.page.getByText('files01').first().waitFor();
    expect(await one.page.getByText('web01').count()).toBe(0);

    await open(`backups/${point}`);
    await button('Verify').waitFor();
    expect(await button('Restore…').or(button('Delete')).or(button('Hold…')).count()).toBe(0);
    expect(await button(/Download/).count()).toBeGreaterThan(0);
    await one.look('half-backup');

    await open(`policies/${policy}`);
    await button('Run now').waitFor();
    expect(await button('Change').or(button('Delete')).or(button('Turn off')).count()).toBe(0);
    await one.look('half-policy');

    await open(`restore?point=${point}`);
    await one.page.getByText('You may not restore files01').waitFor();
    await one.look('half-restore-refused');

    await open(`vm/${vm}`);
    await one.page.getByText('Back it up, not restore it').waitFor();
    expect(await button('Restore…').count()).toBe(0);
    await one.look('half-vm');
    const before = (await runs(at)).length;
    await Promise.all([one.page.getByText(/The backup of files01/).waitFor(), button('Back up now').click()]);
    const all = await runs(at);
    expect(all).toHaveLength(before + 1);
    expect((await ended(at, all[0]?.id ?? '')).state).toBe('succeeded');
    await one.close();
  });

  it('who may make VMs restores his own as a new one where it was, and has it', async () => {
    const one = await signedInAlone(browser, at, at.ownerUser);
    const { page } = one;
    await page.goto(`${at.console}#/restore?point=${point}`);
    await page.getByRole('radio', { name: /As a new VM/ }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('To the cluster where the VM is').waitFor();
    expect(await page.getByLabel('Cluster').or(page.getByLabel(/their rights back/)).count()).toBe(0);
    await page.getByRole('textbox', { name: 'Name' }).fill('a copy of mine');
    await one.look('half-restore-where');
    await page.getByRole('button', { name: 'Check', exact: true }).last().click();
    await page.getByText('Nothing stands against it').waitFor();
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('Whoever asked for it has the role UserVmManager on it').first().waitFor();
    await page.getByText('Succeeded').first().waitFor();
    expect(await page.getByRole('button', { name: /Cancel|Run again/ }).count()).toBe(0);
    await one.look('half-restored');
    await page.goto(`${at.console}#/vm`);
    await page.getByRole('link', { name: 'a copy of mine' }).waitFor();
    expect(await page.getByText('web01').count()).toBe(0);
    await one.close();
  });

  it('who may only see a VM is offered nothing', async () => {
    const one = await signedInAlone(browser, at, at.user);
    await one.page.goto(`${at.console}#/vm/${await vmId(at, 'web01')}`);
    await one.page.getByText('See it only').waitFor();
    expect(await one.page.getByRole('button', { name: /Back up now|Restore…/ }).count()).toBe(0);
    await one.look('half-seen-only');
    await one.close();
  });
});
