import { randomInt } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, tab, type Tab } from '../journeys/browser';
import { type Stand, start } from '../journeys/stand';
import { backup } from '../journeys/truth';

const stand = inject('stand');
const RUNS = 7;
const VMS = 10_000;
const STEPS = 150;

interface Figures {
  paint: number;
  shown: number;
  lastLongTask: number;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Long tasks of a page from its first script on, in `window.tasks`. */
const WATCH = `
  window.tasks = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.tasks.push({ start: one.startTime, length: one.duration });
  }).observe({ type: 'longtask', buffered: true });
`;

async function tasks(page: Page): Promise<{ start: number; length: number }[]> {
  return page.evaluate('window.tasks');
}

/** At the overview, with an eye on long tasks. */
async function signedIn(browser: Browser, at: Stand): Promise<Tab> {
  const one = await tab(browser);
  await one.context.addInitScript(WATCH);
  await one.enterConsole(at, at.admin);
  await one.page.getByRole('heading', { name: 'Overview' }).waitFor();
  return one;
}

describe.skipIf(!stand)('the console', () => {
  const at = stand as NonNullable<typeof stand>;
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    await backup(at, 'web01', 'db01');
  });

  afterAll(async () => {
    await browser.close();
  });

  /** From the navigation on: first paint, everything of the overview shown, and the end of the last long task till then. */
  const firstPage = async (cached: boolean): Promise<Figures> => {
    const one = await signedIn(browser, at);
    if (!cached) {
      const session = await one.context.newCDPSession(one.page);
      await session.send('Network.clearBrowserCache');
    }
    await one.page.reload({ waitUntil: 'commit' });
    const shown = await one.page.evaluate(
      () =>
        new Promise<number>((done) => {
          const look = (): void => {
            const ready = document.querySelectorAll('section').length >= 6 && !document.querySelector('[role="progressbar"]');
            if (ready) {
              done(performance.now());
            } else {
              requestAnimationFrame(look);
            }
          };
          look();
        }),
    );
    const paint = await one.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
    const before = (await tasks(one.page)).filter((task) => task.start < shown);
    await one.close();
    return { paint, shown, lastLongTask: Math.max(0, ...before.map((task) => task.start + task.length)) };
  };

  for (const cached of [false, true]) {
    it(`first page, ${cached ? 'from' : 'without'} the browser's cache`, async () => {
      const figures: Figures[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        figures.push(await firstPage(cached));
      }
      const of = (pick: (one: Figures) => number): string => median(figures.map(pick)).toFixed(0);
      console.log(
        `first page, ${cached ? 'cached' : 'not cached'}: first paint ${of((one) => one.paint)} ms, all shown ${of((one) => one.shown)} ms,` +
          ` last long task ended ${of((one) => one.lastLongTask)} ms (medians of ${RUNS})`,
      );
      expect(figures).toHaveLength(RUNS);
    });
  }
});

describe.skipIf(!stand)(`a site of ${VMS} VMs`, () => {
  let at: Stand;
  let stop: () => Promise<void>;
  let browser: Browser;

  beforeAll(async () => {
    ({ stand: at, stop } = await start('--more-vms', String(VMS)));
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await stop();
  });

  it('the list opens and a name is found', async () => {
    const one = await signedIn(browser, at);
    const opened: number[] = [];
    const found: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      await one.page.goto(`${at.console}#/overview`);
      await one.page.getByRole('heading', { name: 'Overview' }).waitFor();
      const begun = performance.now();
      await one.page.goto(`${at.console}#/vm`);
      await one.page.getByRole('link', { name: 'vm-00000' }).waitFor();
      opened.push(performance.now() - begun);
      const name = `vm-0${randomInt(1000, 9999)}`;
      const field = one.page.getByRole('searchbox', { name: 'VM', exact: true });
      await field.fill(name);
      const entered = performance.now();
      await field.press('Enter');
      await one.page.getByText('1 VM', { exact: true }).waitFor();
      await one.page.getByRole('link', { name }).waitFor();
      found.push(performance.now() - entered);
    }
    console.log(
      `${VMS} VMs: list open ${median(opened).toFixed(0)} ms (the worst ${Math.max(...opened).toFixed(0)}), a name found ${median(found).toFixed(0)} ms` +
        ` (the worst ${Math.max(...found).toFixed(0)}), medians of ${RUNS}`,
    );
    expect(found).toHaveLength(RUNS);
    await one.close();
  });

  it('scrolling its list', async () => {
    const one = await signedIn(browser, at);
    await one.page.evaluate(() => {
      location.hash = '#/vm';
    });
    await one.page.getByText('vm-00003').waitFor();
    await one.page.mouse.move(600, 400);
    await one.page.evaluate('window.tasks.length = 0');
    for (let step = 0; step < STEPS; step += 1) {
      await one.page.mouse.wheel(0, 900);
      await one.page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
    }
    const long = (await tasks(one.page)).map((task) => task.length);
    const first = await one.page.getByText(/^vm-\d{5}$/).first().innerText();
    console.log(
      `scrolling ${VMS} VMs: ${STEPS} turns of the wheel of 900 px, to ${first}: ${long.length} tasks over 50 ms, the longest ${Math.max(0, ...long).toFixed(0)} ms`,
    );
    expect(first).not.toBe('vm-00000');
    await one.close();
  });
});
