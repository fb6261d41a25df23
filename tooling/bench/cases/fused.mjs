import { numbers } from './numbers.mjs';
import { ourOperations, stockOperations } from './operations.mjs';

const size = (shape) => shape.reduce((product, length) => product * length, 1);

const prepare = (tf, operations, make) => {
  const draw = numbers();
  const tensor = (...shape) => tf.tensor(draw(size(shape)), shape);
  const weight = (inputs, outputs) =>
    tf.tensor2d(draw(inputs * outputs, 1 / Math.sqrt(inputs)), [inputs, outputs]);
  /** False where a number drawn from ±1 is not above `threshold`. */
  const mask = (threshold, ...shape) =>
    tf.tensor(
      draw(size(shape)).map((x) => x > threshold),
      shape,
      'bool',
    );
  return { tensor, ...make({ tf, operations, tensor, weight, mask }) };
};

const forward = (tf, operations, make) => {
  const { inputs, apply } = prepare(tf, operations, make);
  return () => tf.dispose(tf.tidy(() => apply(...inputs)));
};

const withGradient = (tf, operations, make) => {
  const { inputs, apply, tensor } = prepare(tf, operations, make);
  const { shape } = tf.tidy(() => apply(...inputs));
  const dy = tensor(...shape);
  const gradients = tf.grads(apply);
  return () => tf.dispose(gradients(inputs, dy));
};

/** A fused operation against its composition in plain tfjs: alone, then together with the gradients of its inputs. */
const pair = ([name, make]) =>
  Object.entries({ forward, 'with gradient': withGradient }).map(([part, run]) => ({
    bench: `${name}, ${part}`,
    stock: (tf) => run(tf, stockOperations(tf), make),
    ours: (tf, kernels) => run(tf, ourOperations(tf, kernels), make),
  }));

const [rows, columns] = [1024, 128];
/** Sequences of 8 agents with 64 features. */
const [sequences, agents, features, heads] = [512, 8, 64, 4];
const [steps, batch, units] = [32, 64, 64];
/** As many decisions, among as many actions as a SMAX scenario has. */
const [decisions, actions] = [4096, 14];

const dense =
  (activation) =>
  ({ operations, tensor, weight }) => ({
    inputs: [tensor(rows, columns), weight(columns, columns), tensor(columns)],
    apply: (x, kernel, bias) => operations.dense(x, { weight: kernel, bias }, activation),
  });

const onRows =
  (name) =>
  ({ operations, tensor }) => ({ inputs: [tensor(rows, columns)], apply: (x) => operations[name](x) });

const maskedSoftmax = ({ operations, tensor, mask }) => {
  const seen = mask(0, rows, columns);
  return { inputs: [tensor(rows, columns)], apply: (x) => operations.softmax(x, seen) };
};

const layerNorm = ({ operations, tensor }) => ({
  inputs: [tensor(rows, columns), tensor(columns), tensor(columns)],
  apply: (x, scale, shift) => operations.layerNorm(x, { scale, shift }),
});

const meanSquaredError = ({ operations, tensor }) => {
  const target = tensor(rows, columns);
  return { inputs: [tensor(rows, columns)], apply: (x) => operations.meanSquaredError(x, target) };
};

const attention =
  (causal) =>
  ({ operations, tensor }) => {
    const mask = causal ? operations.causalMask(agents) : undefined;
    return {
      inputs: [0, 1, 2].map(() => tensor(sequences, agents, features)),
      apply: (q, k, v) => operations.attention(q, k, v, heads, mask),
    };
  };

/** An episode ends, and the state is reset, before one step in twenty. */
const gru =
  (withResets) =>
  ({ operations, tensor, weight, mask }) => {
    const resets = withResets ? mask(0.9, steps, batch) : undefined;
    const weights = [0, 1].map(() => weight(units, 3 * units));
    const biases = [0, 1].map(() => tensor(3 * units));
    return {
      inputs: [tensor(steps, batch, units), tensor(batch, units), ...weights, ...biases],
      apply: (x, start, inputWeight, recurrentWeight, inputBias, recurrentBias) =>
        operations.gru(x, start, { inputWeight, recurrentWeight, inputBias, recurrentBias }, resets),
    };
  };

/** Each decision has 1 to 14 actions to choose from and takes the last of them. */
const categorical = ({ tf, operations, tensor }) => {
  const last = Int32Array.from({ length: decisions }, (_, row) => row % actions);
  const taken = tf.tensor1d(last, 'int32');
  const available = tf.tensor2d(
    Uint8Array.from({ length: decisions * actions }, (_, i) => i % actions <= last[Math.floor(i / actions)]),
    [decisions, actions],
    'bool',
  );
  return {
    inputs: [tensor(decisions, actions)],
    apply: (logits) => {
      const { logProbability, entropy } = operations.categorical(logits, taken, available);
      return tf.add(logProbability, tf.mul(0.01, entropy));
    },
  };
};

export const cases = Object.entries({
  [`dense relu ${rows}x${columns}`]: dense('relu'),
  [`dense tanh ${rows}x${columns}`]: dense('tanh'),
  [`layerNorm ${rows}x${columns}`]: layerNorm,
  [`softmax ${rows}x${columns}`]: onRows('softmax'),
  [`softmax masked ${rows}x${columns}`]: maskedSoftmax,
  [`fused logSoftmax ${rows}x${columns}`]: onRows('logSoftmax'),
  [`gelu ${rows}x${columns}`]: onRows('gelu'),
  [`meanSquaredError ${rows}x${columns}`]: meanSquaredError,
  [`attention ${sequences}x${agents}x${features}`]: attention(false),
  [`attention causal ${sequences}x${agents}x${features}`]: attention(true),
  [`gru ${steps}x${batch}x${units}`]: gru(false),
  [`gru with resets ${steps}x${batch}x${units}`]: gru(true),
  [`categorical masked ${decisions}x${actions}`]: categorical,
}).flatMap(pair);
