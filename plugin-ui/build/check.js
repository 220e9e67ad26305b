// Lints, looks for unused code and runs the unit tests, unless Maven was told to skip tests.
import { execSync } from 'node:child_process';
import process from 'node:process';

if (process.argv[2] !== 'true') {
  execSync('npm run --silent check', { stdio: 'inherit' });
}
