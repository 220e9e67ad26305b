import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, NARROW, tab, type Tab } from './browser';
import { call, chromium, type Stand, start } from './stand';
import { ended } from './truth';

const MANY = 10_000;
const SMALL = 5;

/** As the lab has them, and a part of each that somebody would search for. */
const ODD = [
  ['خادم الملفات 01', 'الملفات'],
  ['数据库服务器', '据库'],
  ['сервер-Ü', 'СЕРВЕР-u'],
  ['db🚀🗄️', '🚀'],
  [`long-${'abcdefghij'.repeat(25)}`, 'LONG-'],
  ['<img src=x onerror=alert(1)>', '<img'],
  [`"quoted" 'name' with back\\slash`, 'back\\'],
  ['{{count}} $t(vm.title) &amp; %2e', '&amp;'],
] as const;
const HTML = '<img src=x onerror=alert(1)>';
const ARABIC = 'خادم الملفات 01';

async function search(page: Page, part: string): Promise<void> {
  const field = page.getByRole('searchbox', { name: 'VM', exact: true });
  await field.fill(part);
  await field.press('Enter');
}

async function fits(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(wider, `${page.url()} is wider than the window by`).toBeLessThanOrEqual(0);
}

/** In the dialog that chooses VMs, where one is chosen already: by search, and all that fit, and some not after all. */
async function chooseOddOnes(one: Tab): Promise<void> {
  const { page } = one;
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('list', { name: 'Chosen' }).getByRole('checkbox', { name: HTML }).waitFor();
  for (const [name, part] of ODD.filter(([odd]) => odd !== HTML)) {
    await dialog.getByRole('searchbox', { name: 'VM' }).fill(part);
    // Not in a list that is about to be another.
    await dialog.getByRole('button', { name: 'Choose the one that fits' }).waitFor();
    const box = dialog.getByRole('list', { name: 'VMs that fit' }).getByRole('checkbox', { name });
    await box.check();
  }
  await one.look('many-chooser');
  await dialog.getByRole('searchbox', { name: 'VM' }).fill('vm-0999');
  await dialog.getByRole('button', { name: 'Choose all 10 that fit' }).click();
  await dialog.getByText(`${ODD.length + 10} VMs named`).waitFor();
  await one.look('many-chooser-all');
  // Those ten have no disks, and are taken off again.
  for (let number = 0; number < 10; number += 1) {
    await dialog.getByRole('list', { name: 'VMs that fit' }).getByRole('checkbox', { name: `vm-0999${number}` }).uncheck();
  }
  await dialog.getByText(`${ODD.length} VMs named`).waitFor();
  await dialog.getByRole('button', { name: 'Take these' }).click();
}

/** A site with ten thousand VMs, some of which have names that a careless page would fall over. */
describe.skipIf(!chromium())('many VMs', () => {
  let at: Stand;
  let stop: () => Promise<void>;
  let browser: Browser;
  let one: Tab;
  let page: Page;

  beforeAll(async () => {
    ({ stand: at, stop } = await start('--odd-names', '--more-vms', String(MANY)));
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await stop();
  });

  beforeEach(async () => {
    one = await tab(browser);
    page = one.page;
    page.on('dialog', (dialog) => {
      one.complaints.push(`a script of a name ran: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await one.enterConsole(at, at.admin);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await one.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
    }
    expect.soft(one.complaints).toEqual([]);
    await one.close();
  });

  it('the overview counts them, and leads to those without protection', async () => {
    await page.getByText('10,013', { exact: true }).waitFor();
    await one.look('many-overview');
    await page.getByRole('link', { name: /more, and all VMs/ }).click();
    await page.getByRole('heading', { name: 'VMs' }).waitFor();
    expect(await page.getByLabel('State').inputValue()).toBe('unprotected');
  });

  it('the list opens, is scrolled to its end page by page, and a name is found in any script', async () => {
    await one.open(at, 'vm');
    await page.getByText(`${(SMALL + ODD.length + MANY).toLocaleString('en')} VMs`).waitFor();
    await one.look('many-vms');
    const last = page.getByText('数据库服务器');
    await expect
      .poll(async () => {
        await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
        return last.isVisible();
      })
      .toBe(true);
    await page.getByText('That is all.').waitFor();
    await one.look('many-vms-end');
    await page.evaluate(() => window.scrollTo(0, 0));
    for (const [name, part] of ODD) {
      await search(page, part);
      const link = page.getByRole('link', { name, exact: true });
      await link.waitFor();
      expect.soft(await link.textContent()).toBe(name);
      await page.getByText('1 VM', { exact: true }).waitFor();
    }
    await search(page, 'vm-09999');
    await page.getByRole('link', { name: 'vm-09999' }).waitFor();
    await search(page, 'no such name');
    await page.getByText('Nothing fits these filters').waitFor();
  });

  it('every odd name stands on the list and on its VM’s page as it is', async () => {
    await one.open(at, 'vm');
    for (const sort of ['name', '-name']) {
      await one.open(at, `vm?state=unprotected&sort=${sort}`);
      await page.getByRole('grid').waitFor();
      await one.look(`many-vms-${sort === 'name' ? 'first' : 'last'}`);
      await fits(page);
    }
    for (const [index, [name, part]] of ODD.entries()) {
      await one.open(at, 'vm');
      await search(page, part);
      await page.getByRole('link', { name, exact: true }).click();
      const heading = page.getByRole('heading', { level: 1 });
      await expect.poll(() => heading.textContent()).toBe(name);
      await one.look(`many-vm-${index}`);
      await fits(page);
    }
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  it('a policy is made for VMs with such names, and its run says whom it backed up', async () => {
    await one.open(at, 'vm');
    await search(page, '<img');
    await page.getByRole('link', { name: HTML, exact: true }).click();
    await page.getByRole('link', { name: 'Protect it by a policy' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Odd ones');
    await page.getByRole('list', { name: 'Chosen' }).getByText(HTML).waitFor();
    await page.getByRole('button', { name: 'Choose…' }).click();
    await chooseOddOnes(one);
    await page.getByRole('list', { name: 'Chosen' }).getByText(ARABIC).waitFor();
    await one.look('many-policy-form');
    await fits(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Odd ones' }).waitFor();
    await page.getByRole('link', { name: ARABIC }).waitFor();
    await one.look('many-policy');
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.waitForURL(/#\/runs\//);
    const run = await ended(at, page.url().split('/runs/')[1] ?? '');
    expect(run.state).toBe('succeeded');
    expect(run.vms.map(({ vmName }) => vmName).sort()).toEqual(ODD.map(([name]) => name).sort());
    await page.getByText('Succeeded').first().waitFor();
    for (const [name] of ODD) {
      await page.getByText(name, { exact: true }).first().waitFor();
    }
    await one.look('many-run');
    await fits(page);
    await one.open(at, 'backups');
    await page.getByText(HTML, { exact: true }).first().waitFor();
    await one.look('many-backups');
    await fits(page);
    await one.open(at, 'vm');
    await search(page, 'الملفات');
    await page.getByRole('gridcell', { name: 'Protected' }).or(page.getByRole('cell', { name: 'Protected' })).first().waitFor();
  });

  it('the wizard lists those with backups, and finds one as its name is typed', async () => {
    await one.open(at, 'restore');
    await page.getByRole('button', { name: HTML, exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'vm-00001' }).count()).toBe(0);
    await page.getByRole('searchbox', { name: 'VM' }).fill('服务');
    await page.getByRole('button', { name: HTML, exact: true }).waitFor({ state: 'detached' });
    await one.look('many-restore');
    await page.getByRole('button', { name: '数据库服务器' }).click();
    await page.getByRole('heading', { name: /数据库服务器/ }).waitFor();
  });

  it('a small screen shows the longest name too', async () => {
    await page.setViewportSize(NARROW);
    for (const hash of ['vm?name=long-', 'vm?name=الملفات', 'backups', 'runs', 'overview']) {
      await one.open(at, hash);
      await one.look(`many-narrow-${hash.replace(/\W+/g, '-')}`);
      await fits(page);
    }
    expect((await call(at, 'GET', 'policies') as { items: unknown[] }).items).toHaveLength(1);
  });
});
