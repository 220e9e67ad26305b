import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, NARROW, signedInAlone, tab } from './browser';
import { backup } from './truth';

const stand = inject('stand');
const PAGES = ['overview', 'backups', 'runs', 'policies', 'planner', 'groups', 'settings'] as const;

/** The console without a portal around it. */
describe.skipIf(!stand)('alone', () => {
  const at = stand as NonNullable<typeof stand>;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    await backup(at, 'web01', 'büro test');
  });

  afterAll(async () => {
    await browser.close();
  });

  const signedIn = (user: string, options: Parameters<typeof signedInAlone>[3] = {}) => signedInAlone(browser, at, user, options);

  it('one signs in by keyboard alone, and out again; a wrong password is told', async () => {
    const one = await tab(browser);
    await one.page.goto(at.console);
    const { keyboard } = one.page;
    await one.page.getByRole('heading', { name: 'Sign in to Stillpoint' }).waitFor();
    const type = async (label: string, text: string): Promise<void> => {
      await one.tabTo(one.page.getByRole('textbox', { name: label }));
      await keyboard.press('ControlOrMeta+a');
      await keyboard.type(text);
    };
    await one.look('sign-in');
    await type('User name', at.admin);
    await type('Password', 'wrong');
    await keyboard.press('Enter');
    await one.page.getByRole('heading', { name: /alert/ }).or(one.page.locator('.pf-v6-c-alert')).first().waitFor();
    await one.look('sign-in-refused');
    await type('User name', at.admin);
    await type('Password', at.password);
    await keyboard.press('Enter');
    await one.page.getByRole('heading', { name: 'Overview' }).waitFor();
    await one.tabTo(one.page.getByRole('button', { name: 'Sign out' }));
    await keyboard.press('Enter');
    await one.page.getByRole('heading', { name: 'Sign in to Stillpoint' }).waitFor();
    expect(await one.page.evaluate(() => Object.keys(sessionStorage).concat(Object.keys(localStorage)))).toEqual([]);
    await one.close();
  });

  for (const theme of ['light', 'dark'] as const) {
    for (const size of ['wide', 'narrow'] as const) {
      it(`every page is readable ${theme} and ${size}`, async () => {
        const one = await signedIn(at.admin, { colorScheme: theme, ...(size === 'narrow' ? { viewport: NARROW } : {}) });
        for (const page of PAGES) {
          await one.open(at, page);
          await one.look(`alone-${page}-${theme}-${size}`);
          const wider = await one.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect.soft(wider, `${page} is wider than the window by`).toBeLessThanOrEqual(0);
        }
        expect.soft(one.complaints).toEqual([]);
        await one.close();
      });
    }
  }

  it('a user sees his own VMs only, and of the rest that he may not', async () => {
    const one = await signedIn(at.user);
    await one.open(at, 'overview');
    await one.look('user-overview');
    await one.open(at, 'backups');
    await one.page.getByText('web01').first().waitFor();
    expect(await one.page.getByText('files01').count()).toBe(0);
    await one.look('user-backups');
    await one.open(at, 'settings');
    await one.page.getByText('You may not see this').first().waitFor();
    await one.look('user-settings');
    await one.close();
  });
});
