import type { Browser } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { admin } from './admin';
import { lab, launch, NARROW, signedInAlone } from './browser';
import { call, SITE, type Stand, until } from './stand';
import { backup, ended, type Run, vmId } from './truth';

const stand = inject('stand');

/** A run of two VMs of which the engine fails one. */
async function halfFailed(at: Stand): Promise<Run> {
  await lab(at, 'PUT', 'faults', { backupFails: { hits: 1 } });
  const run = (await call(at, 'POST', 'runs', { site: SITE, vms: ['web01', 'legacy01'] })) as Run;
  const over = await ended(at, run.id);
  expect(over.state).toBe('failed');
  return over;
}

/** A run that the engine fails: where it is seen, what is said of it, and how it is done again. */
describe.skipIf(!stand)('a run that failed', () => {
  const at = stand as NonNullable<typeof stand>;
  const who = admin(at);

  it('is seen on the overview and in the list, its page says cause and remedy, and what failed is run again', async () => {
    const failed = await halfFailed(at);
    const broken = failed.vms.find((vm) => vm.state === 'failed')?.vmName ?? '';

    const overview = await who.tab.menu('Overview');
    const card = overview.locator('section').filter({ hasText: 'Trouble within 7 days' });
    await card.getByText('Failed').first().waitFor();
    await who.tab.look('failed-overview');

    const list = await who.tab.menu('Runs');
    const line = list.locator(`a[href$="/runs/${failed.id}"]`).first();
    await line.waitFor();
    await who.tab.look('failed-runs');
    await line.click();

    const row = list.getByRole('grid', { name: 'VMs' }).getByRole('row', { name: new RegExp(broken) });
    await row.getByText('Failed', { exact: true }).waitFor();
    const task = failed.vms.find((vm) => vm.state === 'failed');
    await row.getByText(task?.problem?.detail ?? 'a cause').waitFor();
    await row.getByText(task?.problem?.remedy ?? 'a remedy').waitFor();
    await who.tab.look('failed-run');

    await list.getByRole('button', { name: 'Run again what failed' }).click();
    await list.getByText('an earlier run').waitFor();
    const again = list.url().split('/').at(-1) ?? '';
    const repeated = await ended(at, again);
    expect({ state: repeated.state, vms: repeated.vms.map((vm) => vm.vmName) }).toEqual({ state: 'succeeded', vms: [broken] });
    await list.getByText('Succeeded').first().waitFor();
    await who.tab.look('failed-again');
  });

  it('is told by mail', async () => {
    const { id } = await halfFailed(at);
    await until('the mail about the run', () => (readFileSync(at.mails, 'utf8').includes(id) ? true : undefined));
  });
});

/** A run that is cancelled while the engine is at work for it, which nobody can break off. */
describe.skipIf(!stand)('a run that is cancelled', () => {
  const at = stand as NonNullable<typeof stand>;
  const who = admin(at);

  it('says so until the engine has let go of it, and is not offered to be cancelled twice', async () => {
    await lab(at, 'PUT', 'faults', { unknownPhase: true });
    try {
      const { id } = (await call(at, 'POST', 'runs', { site: SITE, vms: ['web01'] })) as Run;
      const page = await who.tab.menu('Runs');
      await page.locator(`a[href$="/runs/${id}"]`).first().click();
      await page.getByText('Running').first().waitFor();
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      await page.getByText('What the manager does for it is awaited').waitFor();
      await page.getByRole('button', { name: 'Cancel', exact: true }).waitFor({ state: 'detached' });
      await who.tab.look('cancelling-run');
      const overview = await who.tab.menu('Overview');
      await overview.getByText('Cancelling').first().waitFor();

      await lab(at, 'PUT', 'faults', { unknownPhase: false });
      expect((await ended(at, id)).state).toBe('cancelled');
      const list = await who.tab.menu('Runs');
      await list.getByRole('row').filter({ has: list.locator(`a[href$="/runs/${id}"]`) }).getByText('Cancelled').first().waitFor();
    } finally {
      await lab(at, 'PUT', 'faults', { unknownPhase: false });
    }
  });
});

/** The same for a German administrator; the server's own words stay English and are marked so. */
describe.skipIf(!stand)('in German', () => {
  const at = stand as NonNullable<typeof stand>;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
  });

  for (const size of ['wide', 'narrow'] as const) {
    it(`reasons are German and the server's words are quotations, ${size}`, async () => {
      const failed = await halfFailed(at);
      const whole = await backup(at, 'db01');
      const one = await signedInAlone(browser, at, at.admin, { locale: 'de-DE', ...(size === 'narrow' ? { viewport: NARROW } : {}) });
      const open = (path: string) => one.page.goto(`${at.console}#/${path}`);

      await one.page.getByText('keine Richtlinie nennt sie oder wählt sie aus').first().waitFor();
      await one.look(`german-overview-${size}`);

      await open(`runs/${failed.id}`);
      await one.page.getByText('Der Manager hat es abgelehnt').filter({ visible: true }).first().waitFor();
      expect(await one.page.locator('q[lang=en]').count()).toBeGreaterThan(0);
      await one.look(`german-run-${size}`);

      const point = whole.vms[0]?.point ?? '';
      await open(`backups/${point}`);
      await one.page.getByText(/erste Sicherung dieser VM|seit der vorigen Sicherung/).first().waitFor();
      await one.look(`german-backup-${size}`);

      await open(`vm/${await vmId(at, 'db01')}`);
      await one.page.getByText('keine Richtlinie nennt sie oder wählt sie aus').first().waitFor();
      await one.look(`german-vm-${size}`);

      await open('runs/none-such');
      await one.page.getByText('Das gibt es nicht').waitFor();
      await one.page.getByRole('link', { name: 'Läufe' }).last().waitFor();
      await one.look(`german-not-there-${size}`);
      expect.soft(one.complaints).toEqual([]);
      await one.close();
    });
  }
});
