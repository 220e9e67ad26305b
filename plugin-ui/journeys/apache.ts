import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const PROGRAMS = [process.env['STILLPOINT_APACHE'], '/usr/sbin/apache2', '/usr/sbin/httpd'];
const MODULES = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules'];
const LOADED = [
  'mpm_event', 'authz_core', 'alias', 'env', 'filter', 'deflate', 'headers', 'proxy', 'proxy_http', 'unixd',
];

/** The web server that stands before an engine; none where it is not installed. */
export function apache(): string | undefined {
  return PROGRAMS.find((program) => program && existsSync(program));
}

/**
 * Sets it up as an engine's: the engine behind it, answers compressed, and what our installer wrote below `root`.
 * Returns its configuration.
 */
export function apacheConfiguration(work: string, port: number, engine: string, root: string): string {
  const modules = MODULES.find((folder) => existsSync(folder)) ?? '';
  const file = join(work, 'apache.conf');
  writeFileSync(
    file,
    `${LOADED.filter((name) => existsSync(join(modules, `mod_${name}.so`)))
      .map((name) => `LoadModule ${name}_module ${join(modules, `mod_${name}.so`)}`)
      .join('\n')}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${join(work, 'apache.pid')}
ErrorLog ${join(work, 'apache-error.log')}
User #65534
Group #65534
AddOutputFilterByType DEFLATE text/javascript text/css text/html text/xml application/json text/event-stream
<Location /ovirt-engine/>
    ProxyPass ${engine}/ovirt-engine/ timeout=3600
</Location>
IncludeOptional ${join(root, 'etc/httpd/conf.d')}/*.conf
`,
  );
  return file;
}
