/**
 * One side of a comparison in a process of its own, since registrations of tfjs are global to a process: `stock` tfjs,
 * `ours`, or `imported`, stock code with stock gradients that our kernels were installed under. It takes
 * orders over IPC: `{ bench, seconds }`, answered with the shortest of the runs that fit, and `{ bench, runs }`, answered
 * with where their time went.
 */

import * as tf from '@tensorflow/tfjs-core';
import { build } from 'esbuild';
import '@tensorflow/tfjs-backend-wasm';
import { all } from './cases/index.mjs';
import { profile } from './profiler.mjs';

const side = process.argv[2];

/** tfjs' own gradients cannot be imported in Node as they are; bundled, they can. */
const stockGradients = async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import '@tensorflow/tfjs-core/dist/register_all_gradients';",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
  });
  await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
};

await tf.setBackend('wasm');
if (side === 'ours') await import('@murmuration/kernels/gradients');
else await stockGradients();
const kernels = side === 'stock' ? undefined : await import('@murmuration/kernels');
const installation = await kernels?.install(process.argv[3] ? { build: process.argv[3] } : {});
if (installation && !installation.installed) throw new Error(installation.reason);

const steps = new Map();
const prepared = (bench) => {
  if (!steps.has(bench)) {
    const found = all.find((each) => each.bench === bench);
    steps.set(bench, side === 'ours' ? found.ours(tf, kernels) : found.stock(tf));
  }
  return steps.get(bench);
};

process.on('message', async ({ bench, seconds, runs }) => {
  if (bench === 'ceiling') {
    process.send({ ceiling: kernels.ceiling() });
    return;
  }
  const step = prepared(bench);
  if (runs) {
    process.send({ spent: await profile(step, runs) });
    return;
  }
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + 1000 * seconds;
  do {
    const begin = performance.now();
    step();
    best = Math.min(best, performance.now() - begin);
  } while (performance.now() < end);
  process.send({ milliseconds: best });
});
process.send({ build: installation?.build });
