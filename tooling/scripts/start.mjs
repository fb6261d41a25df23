// The main job, from a fresh clone to a result: install, build, reproduce the ROMA-iQSS experiment.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, root } from './install.mjs';

const stop = (what, status) => {
  if (status === 0) return;
  if (status < 128) console.error(`murmuration: ${what} failed with status ${status}; see the lines above`);
  process.exit(status);
};

console.log('Installing what the experiment needs …');
stop('the install', await install('start'));
console.log('Building …');
process.env.MURMURATION_TYPES = 'none';
stop('the build', await build('--filter=@murmuration/cli...'));

const main = join(root, 'apps/cli/dist/main.js');
if (!existsSync(main)) stop('the build', 1);
const experiment = ['reproduce', 'roma-iqss', '--quick'];
console.log(`Running murmuration ${experiment.join(' ')} …\n`);
process.chdir(root);
process.argv.splice(1, process.argv.length, main, ...experiment, ...process.argv.slice(2));
// In this very process: the terminal, Ctrl-C and the exit status are its own.
await import(`file://${main}`);
