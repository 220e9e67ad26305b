import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, tab } from './browser';

const stand = inject('stand');

describe.skipIf(!stand)('inside the portal', () => {
  let browser: Browser;
  const at = stand as NonNullable<typeof stand>;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
  });

  it('the landing page stays the portal’s, and Backup is in its menu', async () => {
    const one = await tab(browser);
    await one.enterPortal(at, at.admin);
    await one.page.getByRole('row', { name: /web01/ }).waitFor();
    expect(new URL(one.page.url()).hash).toBe('#vms');
    await one.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Backup' }).hover();
    await one.page.getByRole('link', { name: 'Settings' }).waitFor();
    await one.shot('portal-menu');
    expect(one.complaints).toEqual([]);
    await one.close();
  });

  it('overview', async () => {
    const one = await tab(browser);
    await one.enterPortal(at, at.admin);
    const frame = await one.menu('Overview');
    await frame.getByRole('heading', { name: 'Overview' }).waitFor();
    await one.page.waitForTimeout(3000);
    await one.shot('overview');
    expect(one.complaints).toEqual([]);
    await one.close();
  });
});
