import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launch, tab, type Tab } from './browser';
import type { Stand } from './stand';

/** An administrator's tab, new for each journey of a file. */
interface Admin {
  readonly tab: Tab;
  /** The row of a VM in the portal's list. */
  row(name: string): Locator;
  /** A button of the portal's. */
  button(name: string): Locator;
}

export function admin(at: Stand): Admin {
  let browser: Browser;
  let one: Tab;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    one = await tab(browser);
    // Without the browser's own file dialog, which nobody could answer here.
    await one.page.addInitScript(() => Object.assign(window, { showSaveFilePicker: undefined }));
    await one.enterPortal(at, at.admin);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await one.shot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
    }
    expect.soft(one.complaints).toEqual([]);
    await one.close();
  });

  return {
    get tab() {
      return one;
    },
    row: (name) => one.page.getByRole('row', { name: new RegExp(name) }),
    button: (name) => one.page.getByRole('button', { name, exact: true }),
  };
}
