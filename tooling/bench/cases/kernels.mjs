import { numbers } from './numbers.mjs';

/** A kernel against the one it replaces: the same operation of tfjs in both processes. */
const same = (bench, prepare) => {
  const side = (tf) => {
    const run = prepare(tf);
    return () => tf.dispose(run());
  };
  return { bench, stock: side, ours: side };
};

const product = (m, n, k, transposeA, transposeB) => ({
  ...same(`product ${m}x${n}x${k}${transposeA ? ' tA' : ''}${transposeB ? ' tB' : ''}`, (tf) => {
    const draw = numbers();
    const a = tf.tensor2d(draw(m * k), transposeA ? [k, m] : [m, k]);
    const b = tf.tensor2d(draw(k * n), transposeB ? [n, k] : [k, n]);
    return () => tf.matMul(a, b, transposeA, transposeB);
  }),
  operations: 2 * m * n * k,
});

const cases_ = [false, true].flatMap((transposeA) =>
  [false, true].map((transposeB) => [transposeA, transposeB]),
);
const products = [
  [512, 512, 512],
  [2048, 256, 256],
  [256, 256, 2048],
  [256, 64, 64],
].flatMap((sizes) => cases_.map(([transposeA, transposeB]) => product(...sizes, transposeA, transposeB)));

const [rows, columns] = [1024, 128];
const elementwise = {
  exp: (tf, x) => tf.exp(x),
  log: (tf, x) => tf.log(x),
  tanh: (tf, x) => tf.tanh(x),
  softplus: (tf, x) => tf.softplus(x),
  leakyRelu: (tf, x) => tf.leakyRelu(x),
  clone: (tf, x) => tf.clone(x),
  maximum: (tf, x, y) => tf.maximum(x, y),
  'maximum of 0': (tf, x) => tf.maximum(x, 0),
  minimum: (tf, x, y) => tf.minimum(x, y),
  where: (tf, x, y, mask) => tf.where(mask, x, y),
  logSoftmax: (tf, x) => tf.logSoftmax(x),
  transpose: (tf, x) => tf.transpose(x),
  'sum along rows': (tf, x) => tf.sum(x, 1),
  'sum along columns': (tf, x) => tf.sum(x, 0),
  'mean along rows': (tf, x) => tf.mean(x, 1),
  'max along rows': (tf, x) => tf.max(x, 1),
  'min along rows': (tf, x) => tf.min(x, 1),
  tile: (tf, x) => tf.tile(x, [2, 1]),
  gather: (tf, x, _y, _mask, indices) => tf.gather(x, indices),
};
const others = Object.entries(elementwise).map(([name, run]) =>
  same(`${name} ${rows}x${columns}`, (tf) => {
    const draw = numbers();
    const [x, y] = [0, 1].map(() => tf.tensor2d(draw(rows * columns), [rows, columns]));
    const mask = tf.greater(x, 0);
    const indices = tf.tensor1d(
      Int32Array.from({ length: rows }, (_, i) => (i * 7) % rows),
      'int32',
    );
    return () => run(tf, x, y, mask, indices);
  }),
);

const batched = same('batched product 256 of 8x8x64 tB', (tf) => {
  const draw = numbers();
  const [a, b] = [0, 1].map(() => tf.tensor3d(draw(256 * 8 * 64), [256, 8, 64]));
  return () => tf.matMul(a, b, false, true);
});

const fusedProduct = same(`fused.matMul relu ${rows}x${columns}`, (tf) => {
  const draw = numbers();
  const a = tf.tensor2d(draw(rows * columns), [rows, columns]);
  const b = tf.tensor2d(draw(columns * columns), [columns, columns]);
  const bias = tf.tensor1d(draw(columns));
  return () => tf.fused.matMul({ a, b, bias, activation: 'relu' });
});

const segments = 256;
/**
 * The gradient of a gather: rows added up where they came from. Stock tfjs has no such kernel on WASM, so there a
 * product does it, transposed beforehand: `tf.matMul` with `transposeA` takes eight times as long. Its `tf.oneHot` has
 * to be cast: asked for floats it leaves the bits of integers.
 */
const segmentSum = (sum) => (tf) => {
  const dy = tf.tensor2d(numbers()(rows * columns), [rows, columns]);
  const places = tf.tensor1d(
    Int32Array.from({ length: rows }, (_, i) => (i * 7) % segments),
    'int32',
  );
  return () => tf.dispose(tf.tidy(() => sum(tf, dy, places)));
};
const segmentSums = {
  bench: `segment sum ${rows}x${columns} to ${segments}`,
  stock: segmentSum((tf, dy, places) =>
    tf.matMul(tf.transpose(tf.cast(tf.oneHot(places, segments), 'float32')), dy),
  ),
  ours: segmentSum((tf, dy, places) => tf.unsortedSegmentSum(dy, places, segments)),
};

export const cases = [...products, batched, fusedProduct, ...others, segmentSums];
