import { numbers } from './numbers.mjs';
import { ourOperations, stockOperations } from './operations.mjs';

const [rows, agents, observation, actions, width, heads] = [3200, 8, 64, 14, 64, 1];

/** One PPO step of the multi-agent transformer (Wen et al. 2022): one block, one head, value loss, Adam. */
const step = (tf, operations) => {
  const { dense, layerNorm, gelu, attention, categorical } = operations;
  const draw = numbers();
  const parameters = [];
  const keep = (tensor) => {
    const made = tf.variable(tensor);
    parameters.push(made);
    return made;
  };
  const layer = (inputs, outputs) => ({
    weight: keep(tf.tensor2d(draw(inputs * outputs, 1 / Math.sqrt(inputs)), [inputs, outputs])),
    bias: keep(tf.zeros([outputs])),
  });
  const norm = (size = width) => ({ scale: keep(tf.ones([size])), shift: keep(tf.zeros([size])) });
  const square = () => layer(width, width);
  const attentionOf = () => ({ query: square(), key: square(), value: square(), last: square() });
  const head = (outputs) => ({ first: square(), norm: norm(), last: layer(width, outputs) });
  const mlpOf = () => ({ first: square(), last: square() });
  const encoder = {
    input: norm(observation),
    embed: layer(observation, width),
    norm: norm(),
    attention: attentionOf(),
    norms: [norm(), norm()],
    mlp: mlpOf(),
    head: head(1),
  };
  const decoder = {
    embed: layer(actions + 1, width),
    norm: norm(),
    attentions: [attentionOf(), attentionOf()],
    norms: [norm(), norm(), norm()],
    mlp: mlpOf(),
    head: head(actions),
  };
  const causal = operations.causalMask(agents);
  const observations = tf.tensor3d(draw(rows * agents * observation), [rows, agents, observation]);
  const shifted = tf.tensor3d(draw(rows * agents * (actions + 1)), [rows, agents, actions + 1]);
  const taken = tf.tensor2d(
    Int32Array.from(draw(rows * agents), (x) => (x + 1) * 6.99),
    [rows, agents],
    'int32',
  );
  const [advantages, returns] = [0, 1].map(() => tf.tensor2d(draw(rows * agents), [rows, agents]));
  const before = tf.fill([rows, agents], -Math.log(actions));

  const attend = (net, query, key, mask) =>
    dense(
      attention(dense(query, net.query), dense(key, net.key), dense(key, net.value), heads, mask),
      net.last,
    );
  const mlp = (net, x) => dense(gelu(dense(x, net.first)), net.last);
  const apply = (net, x) => dense(layerNorm(gelu(dense(x, net.first)), net.norm), net.last);
  const loss = () => {
    let x = layerNorm(gelu(dense(layerNorm(observations, encoder.input), encoder.embed)), encoder.norm);
    x = layerNorm(tf.add(x, attend(encoder.attention, x, x)), encoder.norms[0]);
    const seen = layerNorm(tf.add(x, mlp(encoder.mlp, x)), encoder.norms[1]);
    const value = tf.reshape(apply(encoder.head, seen), [rows, agents]);
    let y = layerNorm(gelu(dense(shifted, decoder.embed)), decoder.norm);
    y = layerNorm(tf.add(y, attend(decoder.attentions[0], y, y, causal)), decoder.norms[0]);
    y = layerNorm(tf.add(seen, attend(decoder.attentions[1], seen, y, causal)), decoder.norms[1]);
    y = layerNorm(tf.add(y, mlp(decoder.mlp, y)), decoder.norms[2]);
    const { logProbability, entropy } = categorical(apply(decoder.head, y), taken);
    const ratio = tf.exp(tf.sub(logProbability, before));
    const clipped = tf.clipByValue(ratio, 0.8, 1.2);
    const gain = tf.minimum(tf.mul(ratio, advantages), tf.mul(clipped, advantages));
    const valueLoss = tf.mean(tf.square(tf.sub(value, returns)));
    return tf.sub(tf.sub(valueLoss, tf.mean(gain)), tf.mul(0.01, tf.mean(entropy)));
  };
  return operations.adam(loss, parameters);
};

export const cases = [
  {
    bench: 'mat-step',
    stock: (tf) => step(tf, stockOperations(tf)),
    ours: (tf, kernels) => step(tf, ourOperations(tf, kernels)),
    torch: { program: 'mat', arguments: [] },
    // The authors' own program.
    reference: 317,
  },
];
