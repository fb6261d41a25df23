// Installs and builds every package.
import { install, pnpm } from './install.mjs';

const installed = await install('everything');
process.exitCode = installed || (await pnpm('exec', 'turbo', 'run', 'build', '--output-logs=errors-only'));
