/** The descriptor's config with the administrator's over it. */
export interface Config {
  /** Where the portal's web server passes calls on to Stillpoint; begins and ends with a slash. */
  readonly backendPath: string;
  /** What Stillpoint calls the manager of this portal. */
  readonly site: string;
}

const PATH = '/ovirt-engine-stillpoint/';
const SITE = 'ovirt';

/** What is missing or odd in the file is replaced: a slip in it must not take the menu away. */
export function configFrom(value: unknown): Config {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const { backendPath, site } = given;
  // A path only: tokens are sent there, never to another origin.
  const path = typeof backendPath === 'string' && /^\/(?!\/)[\w./-]*$/.test(backendPath) ? backendPath : PATH;
  return {
    backendPath: path.endsWith('/') ? path : `${path}/`,
    site: typeof site === 'string' && site !== '' ? site : SITE,
  };
}

/** The address of a page of the console. */
export function consoleUrl(config: Config, path: string): string {
  return `${config.backendPath}console/index.html#${path}`;
}
