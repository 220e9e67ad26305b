import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { admin } from './admin';
import { lab } from './browser';

const stand = inject('stand');
const PORTALS_API = '**/ovirt-engine/api/**';

/** The portal looks for its session now and then; from here on only our page does. */
async function keepThePortalFromLooking(page: Page): Promise<void> {
  await page.route(PORTALS_API, (route) => route.fulfill({ status: 503 }));
  // What it asked before has been answered by the time it asks again.
  await page.waitForResponse((answer) => answer.url().includes('/ovirt-engine/api/') && answer.status() === 503);
}

/** What the user sees when something is not as it should be. */
describe.skipIf(!stand)('trouble in the portal', () => {
  const at = stand as NonNullable<typeof stand>;
  const who = admin(at);

  it('a session that has ended is said, and after signing in again the place is the same', async () => {
    await keepThePortalFromLooking(who.tab.page);
    // The server asks the manager about a token once a minute: this one it has not seen yet.
    await lab(at, 'POST', 'tokens/expire', {});
    const frame = await who.tab.menu('Runs');
    await frame.getByText('Your session in the portal is over').waitFor();
    await who.tab.look('session-over');
    // In this order: a portal that looks before the click reloads by itself, and takes the button away.
    await frame.getByRole('button', { name: 'Reload the portal' }).click();
    await who.tab.page.unroute(PORTALS_API);
    await who.tab.signIn(at, at.admin);
    const again = await who.tab.place('Runs');
    await again.getByRole('heading', { name: 'Runs' }).waitFor();
  });

  it('Back up now with a session that has ended says so and starts nothing', async () => {
    await who.row('web01').click();
    await keepThePortalFromLooking(who.tab.page);
    await lab(at, 'POST', 'tokens/expire', {});
    await who.button('Back up now').click();
    await who.tab.alert(/No backup of web01 was started: Your session is over/);
    await who.tab.shot('back-up-now-refused');
  });

  it('a server that is away is said with what helps, and the page goes on by itself', async () => {
    const frame = await who.tab.menu('Backups');
    await frame.getByRole('heading', { name: 'Backups' }).waitFor();
    const api = '**/ovirt-engine-stillpoint/api/**';
    await who.tab.page.route(api, (route) =>
      route.fulfill({ status: 503, contentType: 'text/html', body: '<html>Service Unavailable</html>' }),
    );
    const away = await who.tab.menu('Policies');
    await away.getByText('The backup server does not answer').waitFor();
    await who.tab.look('server-away');
    await who.tab.page.unroute(api);
    await away.getByText('The backup server does not answer').waitFor({ state: 'detached' });
  });

  it('a plug-in that the portal removed says so and calls nobody', async () => {
    const frame = await who.tab.menu('Runs');
    await frame.getByRole('heading', { name: 'Runs' }).waitFor();
    await who.tab.page.evaluate(() => {
      // What a handler that throws comes to: the object stays and answers nothing.
      const portal = window as unknown as { pluginApi: unknown };
      portal.pluginApi = () => new Proxy({}, { get: () => () => undefined });
    });
    const removed = await who.tab.menu('Policies');
    await removed.getByText('Your session in the portal is over').waitFor();
    expect(removed.url()).toContain('#/policies');
  });
});
