/**
 * The benchmarks: `pnpm bench kernels [--json] [--only TEXT] [--rounds N] [--build simd|relaxed] [--node PATH]`,
 * `pnpm bench profile`, where the time of what `kernels` measures goes, with the same but rounds; `pnpm bench envs` and
 * `pnpm bench training`, both with `[--json] [--only TEXT] [--rounds N]`.
 */
import { parseArgs } from 'node:util';
import { environments } from './envs.mjs';
import { kernels } from './kernels.mjs';
import { profile } from './profile.mjs';
import { training } from './training.mjs';

const benches = { kernels, profile, envs: environments, training };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    build: { type: 'string' },
    node: { type: 'string', default: process.execPath },
  },
});

const bench = positionals.length === 1 && benches[positionals[0]];
if (!bench) {
  process.stderr.write(
    'usage: pnpm bench kernels|profile|envs|training [--json] [--only TEXT] [--rounds N]; kernels and profile also [--build simd|relaxed] [--node PATH]\n',
  );
  process.exit(2);
}
await bench({ ...values, rounds: Number(values.rounds) });
