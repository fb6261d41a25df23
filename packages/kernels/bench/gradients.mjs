// One training step of a network (two hidden layers, relu, plain gradient descent) on WASM: stock tfjs gradients against
// this package's. Interleaved, minimum of the rounds. Build first, then: node packages/kernels/bench/gradients.mjs
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { build } from 'tsup';

const rounds = 12;
const sizes = [
  [32, 64],
  [256, 64],
  [1024, 128],
  [1024, 256],
];

/** Node cannot load tfjs' own registrations (runtimes.md 0.1): bundle them once, and note down what they register. */
async function stockGradients() {
  const here = dirname(fileURLToPath(import.meta.url));
  const folder = await mkdtemp(join(here, '.stock-'));
  try {
    const file = createRequire(import.meta.url).resolve(
      '@tensorflow/tfjs-core/dist/register_all_gradients.js',
    );
    const entry = join(folder, 'entry.mjs');
    await writeFile(entry, `import ${JSON.stringify(file)};`);
    await build({
      entry: { stock: entry },
      outDir: folder,
      format: 'esm',
      platform: 'node',
      noExternal: [/.*/],
      config: false,
      silent: true,
      outExtension: () => ({ js: '.bundle.mjs' }),
      esbuildOptions: (options) => {
        options.mainFields = ['module', 'main'];
      },
    });
    await import(pathToFileURL(join(folder, 'stock.bundle.mjs')).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return Object.values(tf)
    .filter((value) => typeof value === 'string' && tf.getGradient(value))
    .map((kernelName) => tf.getGradient(kernelName));
}

const stock = await stockGradients();
const { registerGradients } = await import('@murmuration/kernels/gradients');
const use = { stock: () => stock.forEach(tf.registerGradient), ours: registerGradients };

await tf.setBackend('wasm');

const filled = (shape, scale) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, index) => scale * Math.sin(index * 1.7)),
    shape,
  );

function network(batch, hidden) {
  const widths = [hidden / 2, hidden, hidden, 8];
  const input = filled([batch, widths[0]], 1);
  const target = filled([batch, 8], 1);
  const parameters = widths
    .slice(1)
    .flatMap((width, layer) => [
      tf.variable(filled([widths[layer], width], 1 / Math.sqrt(widths[layer]))),
      tf.variable(filled([width], 0.1)),
    ]);
  const loss = () => {
    let x = input;
    for (let layer = 0; layer < parameters.length; layer += 2) {
      x = tf.add(tf.matMul(x, parameters[layer]), parameters[layer + 1]);
      if (layer + 2 < parameters.length) x = tf.relu(x);
    }
    return tf.mean(tf.squaredDifference(x, target));
  };
  return () =>
    tf.tidy(() => {
      const { grads } = tf.variableGrads(loss);
      for (const parameter of parameters) {
        parameter.assign(tf.sub(parameter, tf.mul(grads[parameter.name], 1e-3)));
      }
    });
}

for (const [batch, hidden] of sizes) {
  const best = { stock: Infinity, ours: Infinity };
  const step = network(batch, hidden);
  const repeats = Math.max(1, Math.round(2e6 / (batch * hidden * hidden)));
  for (let round = 0; round < rounds; round++) {
    for (const name of ['stock', 'ours']) {
      use[name]();
      step();
      const start = performance.now();
      for (let repeat = 0; repeat < repeats; repeat++) step();
      best[name] = Math.min(best[name], (performance.now() - start) / repeats);
    }
  }
  const ratio = (best.stock / best.ours).toFixed(1);
  process.stdout.write(
    `batch ${batch}, hidden ${hidden}: stock ${best.stock.toFixed(2)} ms, ours ${best.ours.toFixed(2)} ms, ${ratio}x\n`,
  );
}
