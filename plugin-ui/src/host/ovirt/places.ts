/** Our places in the portal: the token stands in the portal's address, the path in the console's. */
export const PAGES = ['overview', 'backups', 'runs', 'policies', 'planner', 'groups', 'settings'] as const;

export type Page = (typeof PAGES)[number];

/** The tab of a VM. */
export const VM_PLACE = 'stillpoint-vm';

export function placeOf(page: Page): string {
  return `stillpoint-${page}`;
}

/** The place that shows a path of the console, where there is one of its own. */
export function placeFor(path: string): string | undefined {
  const first = path.split(/[/?]/)[1];
  const page = PAGES.find((one) => one === first);
  return page && placeOf(page);
}
