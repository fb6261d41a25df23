import { numbers } from './numbers.mjs';

/** One training step of a 64-h-h-10 network with ReLU, mean squared error and Adam. */
const mlp = (batch, hidden, reference) => {
  const widths = [64, hidden, hidden, 10];
  const prepare = (tf) => {
    const draw = numbers();
    const x = tf.tensor2d(draw(batch * 64), [batch, 64]);
    const target = tf.tensor2d(draw(batch * 10), [batch, 10]);
    const weights = widths
      .slice(1)
      .map((units, i) => tf.variable(tf.tensor2d(draw(widths[i] * units, 0.2), [widths[i], units])));
    const biases = widths.slice(1).map((units) => tf.variable(tf.zeros([units])));
    const loss = (dense, error) => () => {
      const last = weights.length - 1;
      const output = weights.reduce((input, weight, i) => dense(input, weight, biases[i], i < last), x);
      return error(output, target);
    };
    return { parameters: weights.flatMap((weight, i) => [weight, biases[i]]), loss };
  };
  return {
    bench: `mlp ${batch}x${hidden}`,
    stock: (tf) => {
      const { loss, parameters } = prepare(tf);
      const optimiser = tf.train.adam(1e-3);
      const dense = (x, weight, bias, hiddenLayer) => {
        const z = tf.add(tf.matMul(x, weight), bias);
        return hiddenLayer ? tf.relu(z) : z;
      };
      const error = (output, target) => tf.mean(tf.square(tf.sub(output, target)));
      return () => optimiser.minimize(loss(dense, error), false, parameters);
    },
    ours: (tf, kernels) => {
      const { loss, parameters } = prepare(tf);
      const means = parameters.map((each) => tf.variable(tf.zerosLike(each), false));
      const squares = parameters.map((each) => tf.variable(tf.zerosLike(each), false));
      const dense = (x, weight, bias, hiddenLayer) =>
        kernels.dense(x, weight, bias, hiddenLayer ? 'relu' : 'linear');
      let step = 0;
      return () =>
        tf.tidy(() => {
          const { grads } = tf.variableGrads(loss(dense, kernels.meanSquaredError), parameters);
          const gradients = parameters.map(({ name }) => grads[name]);
          kernels.adam({ parameters, gradients, means, squares, step: ++step }, { learningRate: 1e-3 });
        });
    },
    torch: { program: 'mlp', arguments: [batch, hidden] },
    reference,
  };
};

/** Batch, hidden units, and where known PyTorch 2.13 with one thread on the reference machine. */
const sizes = [
  [32, 64, 0.3],
  [256, 64, 0.44],
  [2048, 64, 2.7],
  [256, 128],
  [2048, 128],
  [256, 256, 1.8],
  [2048, 256, 15.2],
];

/** The stock program, and the same after one import. */
const imported = (batch, hidden) => ({
  bench: `one import, mlp ${batch}x${hidden}`,
  side: 'imported',
  stock: mlp(batch, hidden).stock,
});

export const cases = [
  ...sizes.map((of) => mlp(...of)),
  ...sizes.map(([batch, hidden]) => imported(batch, hidden)),
];
