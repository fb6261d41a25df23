import { numbers } from './numbers.mjs';
import { ourOperations, stockOperations } from './operations.mjs';

const [agents, observation, stateSize, actions, episodes, steps, units, embedding, hyper] = [
  8, 130, 120, 14, 32, 61, 64, 32, 64,
];

const agentOf = (layer) => ({
  first: layer(observation, units),
  gru: { inputWeight: layer(units, 3 * units), recurrentWeight: layer(units, 3 * units) },
  last: layer(units, actions),
});

const mixerOf = (layer) => ({
  weights: [layer(stateSize, hyper), layer(hyper, agents * embedding)],
  bias: layer(stateSize, embedding),
  lastWeights: [layer(stateSize, hyper), layer(hyper, embedding)],
  value: [layer(stateSize, embedding), layer(embedding, 1)],
});

/** The whole update of QMIX (Rashid et al. 2018) as pymarl does it: double Q-learning, target networks, RMSprop. */
const update = (tf, operations) => {
  const { dense, gru } = operations;
  const draw = numbers();
  const parameters = [];
  const variable = (shape, scale) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.variable(tf.tensor(draw(size, scale), shape));
  };
  const network = (of, keep) => {
    const layer = (inputs, outputs) => {
      const made = {
        weight: variable([inputs, outputs], 1 / Math.sqrt(inputs)),
        bias: variable([outputs], 0.01),
      };
      if (keep) parameters.push(made.weight, made.bias);
      return made;
    };
    return of(layer);
  };
  const [agent, mixer, targetAgent, targetMixer] = [
    network(agentOf, true),
    network(mixerOf, true),
    network(agentOf),
    network(mixerOf),
  ];
  const rows = episodes * agents;
  const observations = tf.tensor3d(draw(steps * rows * observation), [steps, rows, observation]);
  const states = tf.tensor3d(draw(steps * episodes * stateSize), [steps, episodes, stateSize]);
  const taken = tf.reshape(
    tf.oneHot(
      tf.tensor1d(
        Int32Array.from(draw((steps - 1) * rows), (x) => (x + 1) * 6.99),
        'int32',
      ),
      actions,
    ),
    [steps - 1, rows, actions],
  );
  const rewards = tf.tensor2d(draw((steps - 1) * episodes), [(steps - 1) * episodes, 1]);
  const start = tf.zeros([rows, units]);

  const valuesOf = ({ first, gru: weights, last }) => {
    const { inputWeight, recurrentWeight } = weights;
    const hidden = gru(dense(observations, first, 'relu'), start, {
      inputWeight: inputWeight.weight,
      recurrentWeight: recurrentWeight.weight,
      inputBias: inputWeight.bias,
      recurrentBias: recurrentWeight.bias,
    });
    return dense(hidden, last);
  };
  const two = (x, [first, last]) => dense(dense(x, first, 'relu'), last);
  const mix = (net, chosen, state) => {
    const count = state.shape[0];
    const weights = tf.reshape(tf.abs(two(state, net.weights)), [count, agents, embedding]);
    const product = tf.matMul(tf.reshape(chosen, [count, 1, agents]), weights);
    const hidden = tf.elu(tf.add(tf.reshape(product, [count, embedding]), dense(state, net.bias)));
    const last = tf.sum(tf.mul(hidden, tf.abs(two(state, net.lastWeights))), 1, true);
    return tf.add(last, two(state, net.value));
  };
  const from = (x, first, count) => tf.slice(x, [first, 0, 0], [count, x.shape[1], x.shape[2]]);
  const flat = (x) => tf.reshape(x, [-1, x.shape[2]]);
  const loss = () => {
    const values = valuesOf(agent);
    const chosen = tf.sum(tf.mul(from(values, 0, steps - 1), taken), 2);
    const total = mix(mixer, chosen, flat(from(states, 0, steps - 1)));
    const target = tf.tidy(() => {
      const best = tf.oneHot(tf.argMax(from(values, 1, steps - 1), 2), actions);
      const next = tf.sum(tf.mul(from(targetValues, 1, steps - 1), best), 2);
      return tf.add(rewards, tf.mul(0.99, mix(targetMixer, next, flat(from(states, 1, steps - 1)))));
    });
    return tf.mean(tf.square(tf.sub(total, target)));
  };
  let targetValues;
  const train = operations.rmsprop(loss, parameters);
  return () => {
    targetValues = tf.tidy(() => valuesOf(targetAgent));
    train();
    targetValues.dispose();
  };
};

export const cases = [
  {
    bench: 'qmix-update',
    stock: (tf) => update(tf, stockOperations(tf)),
    ours: (tf, kernels) => update(tf, ourOperations(tf, kernels)),
    torch: { program: 'qmix', arguments: [] },
    // Of pymarl.
    reference: 140,
  },
];
