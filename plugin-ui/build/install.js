// Installs what package-lock.json names, unless that is there already: `npm ci` alone takes half a minute each time.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';

const wanted = 'package-lock.json';
const installed = 'node_modules/.installed-lock.json';
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== readFileSync(wanted, 'utf8')) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: 'inherit' });
  copyFileSync(wanted, installed);
}
