import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium as driver, type Frame, type Locator, type Page, type Route } from 'playwright-core';
import { expect } from 'vitest';
import { chromium, type Stand } from './stand';

const SHOTS = resolve(import.meta.dirname, '../target/screenshots');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page that one cannot cross with so many presses of Tab is a trap. */
const MOST_STOPS = 150;

const WIDE = { width: 1280, height: 720 };
export const NARROW = { width: 390, height: 844 };

export async function launch(): Promise<Browser> {
  mkdirSync(SHOTS, { recursive: true });
  return driver.launch({ executablePath: chromium() ?? '', headless: true, args: FLAGS });
}

/** A tab of its own, whose errors are kept. */
export async function tab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: WIDE, locale: 'en-US', timezoneId: 'UTC', ...options });
  // Of a slow, busy machine; also longer than the console's longest pause before it asks anew for events.
  context.setDefaultTimeout(90_000);
  return new Tab(context, await context.newPage());
}

/** A tab of its own at the console alone, signed in. */
export async function signedInAlone(browser: Browser, stand: Stand, user: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const one = await tab(browser, options);
  await one.enterConsole(stand, user);
  return one;
}

/** One user's tab, at the portal or at the console alone. */
export class Tab {
  /** What the browser complained of: exceptions, and what a content security policy refused. */
  readonly complaints: string[] = [];

  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|SEVERE|Uncaught/.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
  }

  /** Signs in at the portal; `place` is what the address names, if anything. */
  async enterPortal(stand: Stand, user: string, place = ''): Promise<void> {
    await this.page.goto(stand.portal + place);
    await this.signIn(stand, user);
  }

  /** By the portal's form, which is there. */
  async signIn(stand: Stand, user: string): Promise<void> {
    await this.page.getByLabel('User name').fill(user);
    await this.page.getByLabel('Password').fill(stand.password);
    await this.page.getByRole('button', { name: 'Log in' }).click();
    // From here on the plug-in hears of selections.
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Backup' }).waitFor();
  }

  /** Signs in at the console without a portal. */
  async enterConsole(stand: Stand, user: string): Promise<void> {
    await this.page.goto(stand.console);
    // By what is the same in each language.
    await this.page.locator('#user').fill(user);
    await this.page.locator('#password').fill(stand.password);
    await this.page.locator('button[type=submit]').click();
    await this.page.getByText(user).first().waitFor();
  }

  /**
   * A page of the console alone, loaded anew: where only the hash changes, the page before is still there for a while,
   * and what one looks at may be neither.
   */
  async open(stand: Stand, hash: string): Promise<void> {
    await this.page.goto('about:blank');
    await this.page.goto(`${stand.console}#/${hash}`);
    await this.page.locator('h1').first().waitFor();
    await this.page.locator('[role=progressbar]').first().waitFor({ state: 'detached' });
  }

  /** The page of ours that the portal shows in a place. */
  async place(title: string): Promise<Frame> {
    const element = await this.page.waitForSelector(`main iframe[title="${title}"]`);
    const frame = await element.contentFrame();
    if (!frame) {
      throw new Error(`the place ${title} has no page`);
    }
    return frame;
  }

  /** By the menu's fly-out, as a user does. */
  async menu(label: string): Promise<Frame> {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Backup' }).hover();
    await this.page.getByRole('link', { name: label, exact: true }).click();
    await this.page.mouse.move(700, 40);
    return this.place(label);
  }

  /** By the Tab key, as who has no mouse does. */
  async tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let presses = 0; presses < MOST_STOPS; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement && document.hasFocus())) {
        return;
      }
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not come to ${String(target)}`);
  }

  /** Does what makes the portal say that; it says it for some seconds only, so one looks from the beginning. */
  async toast(text: string | RegExp, act: () => Promise<void>): Promise<void> {
    await Promise.all([this.page.locator('.toast').filter({ hasText: text }).first().waitFor(), act()]);
  }

  /** A double click whose second half comes before the server has answered what the first one sent to that address. */
  async doubleClick(target: Locator, address: string): Promise<void> {
    let both: () => void = () => undefined;
    const clicked = new Promise<void>((done) => (both = done));
    const hold = async (route: Route): Promise<void> => {
      await clicked;
      await route.continue();
    };
    await this.page.route(address, hold, { times: 1 });
    await target.dblclick();
    both();
  }

  /** What went wrong, as a bar over the header. */
  async alert(text: RegExp): Promise<void> {
    await this.page.locator('.alert').filter({ hasText: text }).first().waitFor();
  }

  /** Of what has been loaded, in colours that are no longer changing. */
  async shot(name: string): Promise<void> {
    for (const frame of this.page.frames().filter((one) => !one.isDetached())) {
      await frame.locator('.pf-v6-c-spinner:not(button *)').first().waitFor({ state: 'detached' });
    }
    await this.page.screenshot({ path: join(SHOTS, `${name}.png`), animations: 'disabled' });
  }

  /** Asks axe about all that we show; the portal's own parts are not ours. */
  async accessible(what: string): Promise<void> {
    const axe = new AxeBuilder({ page: this.page });
    for (const frame of ['main > iframe', '.tab-content > iframe']) {
      if ((await this.page.locator(frame).count()) > 0) {
        axe.include({ fromFrames: [frame, 'html'] });
      }
    }
    const found = await axe.analyze();
    const told = found.violations.map(
      (one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
    );
    expect.soft(told, `axe on ${what}`).toEqual([]);
  }

  /** A picture, and what axe says. */
  async look(name: string): Promise<void> {
    await this.shot(name);
    await this.accessible(name);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** What the lab says of a disk, as it is or as it was at a backup. */
export async function labSum(stand: Stand, path: string): Promise<string> {
  const answer = await fetch(`${stand.lab}${path}/sha256`);
  return ((await answer.json()) as { sha256: string }).sha256;
}

/** Changes the lab. */
export async function lab(stand: Stand, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${stand.lab}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status, path).toBe(200);
}
