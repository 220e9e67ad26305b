// Goes through the console in a browser, unless Maven was told to skip tests.
import { execSync } from 'node:child_process';
import process from 'node:process';

if (process.argv[2] !== 'true') {
  execSync('npm run --silent journeys', { stdio: 'inherit' });
}
