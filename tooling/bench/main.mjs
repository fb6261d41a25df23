/**
 * The benchmarks: `pnpm bench kernels [--json] [--only TEXT] [--rounds N] [--build simd|relaxed] [--node PATH]`.
 */
import { parseArgs } from 'node:util';
import { kernels } from './kernels.mjs';

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

if (positionals.join() !== 'kernels') {
  process.stderr.write(
    'usage: pnpm bench kernels [--json] [--only TEXT] [--rounds N] [--build simd|relaxed] [--node PATH]\n',
  );
  process.exit(2);
}
await kernels({ ...values, rounds: Number(values.rounds) });
