import { numbers } from './numbers.mjs';

/** Weights and biases of ten layers of 64 units. */
const shapes = Array.from({ length: 10 }, () => [[64, 64], [64]]).flat();
const learningRate = 5e-4;
const squareDecay = 0.99;
const epsilon = 1e-8;
/** A third of the length that the gradients have. */
const maximumNorm = 40;
/** RAdam does without the second moments in its first five steps; they would be the fastest, and be taken for all. */
const radamBegins = 6;

const prepare = (tf) => {
  const draw = numbers();
  const make = ([rows, columns = 1]) => draw(rows * columns);
  const parameters = shapes.map((shape) => tf.variable(tf.tensor(make(shape), shape)));
  const gradients = shapes.map((shape) => tf.tensor(make(shape), shape));
  const zeros = () => parameters.map((each) => tf.variable(tf.zerosLike(each), false));
  return { parameters, gradients, zeros };
};

/** All gradients shortened to the maximum together, as a user of stock tfjs writes it. */
const clip = (tf, gradients) => {
  const total = tf.addN(gradients.map((each) => tf.sum(tf.square(each))));
  const scale = tf.div(maximumNorm, tf.maximum(tf.sqrt(total), maximumNorm));
  return gradients.map((each) => tf.mul(each, scale));
};

/** An optimiser of tfjs, after clipping. */
const stock = (create) => (tf) => {
  const { parameters, gradients } = prepare(tf);
  const optimiser = create(tf);
  return () =>
    tf.tidy(() => {
      const clipped = clip(tf, gradients);
      optimiser.applyGradients(parameters.map(({ name }, i) => ({ name, tensor: clipped[i] })));
    });
};

const ours =
  (apply, begin = 1) =>
  (tf, kernels) => {
    const { zeros, ...lists } = prepare(tf);
    const [means, squares] = [zeros(), zeros()];
    let step = begin;
    return () => apply(kernels, { ...lists, means, squares, step: step++ }, { learningRate, maximumNorm });
  };

/** RAdam (Liu et al. 2020, algorithm 2), which tfjs lacks, from the sixth step on. */
const stockRadam = (tf) => {
  const { parameters, gradients, zeros } = prepare(tf);
  const [means, squares] = [zeros(), zeros()];
  const [first, second] = [0.9, 0.999];
  const most = 2 / (1 - second) - 1;
  let step = radamBegins;
  const blend = (moment, decay, value) => {
    moment.assign(tf.add(tf.mul(moment, decay), tf.mul(value, 1 - decay)));
  };
  return () =>
    tf.tidy(() => {
      const freedom = most - (2 * step * second ** step) / (1 - second ** step);
      const rectification = Math.sqrt(
        ((freedom - 4) * (freedom - 2) * most) / ((most - 4) * (most - 2) * freedom),
      );
      const rate = (learningRate * rectification) / (1 - first ** step);
      const squareScale = 1 / (1 - second ** step);
      clip(tf, gradients).forEach((gradient, i) => {
        blend(means[i], first, gradient);
        blend(squares[i], second, tf.square(gradient));
        const width = tf.add(tf.sqrt(tf.mul(squares[i], squareScale)), epsilon);
        parameters[i].assign(tf.sub(parameters[i], tf.div(tf.mul(means[i], rate), width)));
      });
      step++;
    });
};

/** One step over twenty parameters, the gradients given and clipped by their common length. */
export const cases = [
  {
    bench: 'adam, 20 parameters',
    stock: stock((tf) => tf.train.adam(learningRate, 0.9, 0.999, epsilon)),
    ours: ours((kernels, lists, options) => kernels.adam(lists, options)),
  },
  {
    bench: 'rmsprop, 20 parameters',
    // tfjs has its epsilon under the root.
    stock: stock((tf) => tf.train.rmsprop(learningRate, squareDecay, 0, epsilon ** 2)),
    ours: ours((kernels, lists, options) => kernels.rmsprop(lists, options)),
  },
  {
    bench: 'radam, 20 parameters',
    stock: stockRadam,
    ours: ours((kernels, lists, options) => kernels.radam(lists, options), radamBegins),
  },
];
