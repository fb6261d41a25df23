// Installs and builds every package.
import { build, install } from './install.mjs';

const installed = await install('everything');
process.exitCode = installed || (await build());
