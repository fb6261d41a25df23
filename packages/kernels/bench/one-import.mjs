/**
 * A training script in stock tfjs, before and after one import: `node packages/kernels/bench/one-import.mjs [fast]`
 * after a build prints the milliseconds of a step.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import '@murmuration/kernels/gradients';

await tf.setBackend('wasm');
if (process.argv[2] === 'fast') {
  const { install } = await import('@murmuration/kernels');
  await install();
}

const [batch, units] = [1024, 128];
const x = tf.randomUniform([batch, 64], -1, 1, 'float32', 1);
const y = tf.randomUniform([batch, 10], -1, 1, 'float32', 2);
const weights = [
  [64, units],
  [units, units],
  [units, 10],
].map((shape, i) => tf.variable(tf.randomUniform(shape, -0.1, 0.1, 'float32', i)));
const biases = weights.map(({ shape }) => tf.variable(tf.zeros([shape[1]])));
const optimizer = tf.train.adam(1e-3);
const loss = () => {
  let hidden = x;
  weights.forEach((weight, i) => {
    const sums = tf.add(tf.matMul(hidden, weight), biases[i]);
    hidden = i < 2 ? tf.relu(sums) : sums;
  });
  return tf.losses.meanSquaredError(y, hidden);
};

let best = Number.POSITIVE_INFINITY;
for (let step = 0; step < 100; step++) {
  const began = performance.now();
  optimizer.minimize(loss);
  best = Math.min(best, performance.now() - began);
}
process.stdout.write(`${best.toFixed(2)} ms a step\n`);
