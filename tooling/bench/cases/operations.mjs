/** The operations that the whole steps are written in: once in plain tfjs, once in our kernels. */

/** A step of an optimiser made for `parameters`, given the loss. */
const train = (make) => (loss, parameters) => {
  const step = make(parameters);
  return () => step(loss);
};

/** As a user of stock tfjs writes them. */
export const stockOperations = (tf) => {
  const rows = (x) => (x.rank === 2 ? x : tf.reshape(x, [-1, x.shape.at(-1)]));
  const activate = { linear: (x) => x, relu: tf.relu, tanh: tf.tanh };
  const dense = (x, { weight, bias }, activation = 'linear') => {
    const y = activate[activation](tf.add(tf.matMul(rows(x), weight), bias));
    return tf.reshape(y, [...x.shape.slice(0, -1), weight.shape[1]]);
  };
  const layerNorm = (x, { scale, shift }) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), scale), shift);
  };
  const gelu = (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
  /** A sum, since it is the quickest on WASM: `tf.where` takes three times as long, sixty with a scalar. */
  const hide = (x, mask) => (mask ? tf.add(x, tf.mul(tf.sub(1, tf.cast(mask, 'float32')), -1e9)) : x);
  const softmax = (x, mask) => tf.softmax(hide(x, mask));
  const logSoftmax = (x, mask) => tf.logSoftmax(hide(x, mask));
  const gru = (x, start, { inputWeight, recurrentWeight, inputBias, recurrentBias }, resets) => {
    const [time, batch] = x.shape;
    const affine = tf.reshape(tf.add(tf.matMul(rows(x), inputWeight), inputBias), [
      time,
      batch,
      inputWeight.shape[1],
    ]);
    const kept = resets && tf.unstack(tf.expandDims(tf.sub(1, tf.cast(resets, 'float32')), 2));
    let state = start;
    const states = tf.unstack(affine).map((input, step) => {
      if (kept) state = tf.mul(state, kept[step]);
      const [xr, xz, xn] = tf.split(input, 3, 1);
      const [hr, hz, hn] = tf.split(tf.add(tf.matMul(state, recurrentWeight), recurrentBias), 3, 1);
      const update = tf.sigmoid(tf.add(xz, hz));
      const candidate = tf.tanh(tf.add(xn, tf.mul(tf.sigmoid(tf.add(xr, hr)), hn)));
      state = tf.add(tf.mul(tf.sub(1, update), candidate), tf.mul(update, state));
      return state;
    });
    return tf.stack(states);
  };
  const attention = (q, k, v, heads, hiddenBias) => {
    const [batch, length, features] = q.shape;
    const apart = (x) => tf.transpose(tf.reshape(x, [batch, length, heads, features / heads]), [0, 2, 1, 3]);
    let scores = tf.div(tf.matMul(apart(q), apart(k), false, true), Math.sqrt(features / heads));
    if (hiddenBias) scores = tf.add(scores, hiddenBias);
    return tf.reshape(tf.transpose(tf.matMul(tf.softmax(scores), apart(v)), [0, 2, 1, 3]), [
      batch,
      length,
      features,
    ]);
  };
  const categorical = (logits, actions, mask) => {
    const logs = logSoftmax(logits, mask);
    return {
      logProbability: tf.sum(tf.mul(tf.oneHot(actions, logits.shape.at(-1)), logs), -1),
      entropy: tf.neg(tf.sum(tf.mul(tf.exp(logs), logs), -1)),
    };
  };
  const meanSquaredError = (prediction, target) => tf.mean(tf.square(tf.sub(prediction, target)));
  const optimise = (optimiser) =>
    train((parameters) => (loss) => tf.dispose(optimiser.minimize(loss, true, parameters)));
  return {
    dense,
    layerNorm,
    gelu,
    softmax,
    logSoftmax,
    gru,
    attention,
    categorical,
    meanSquaredError,
    causalMask: (length) =>
      tf.tidy(() => tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([length, length]), -1, 0)), -1e9)),
    adam: optimise(tf.train.adam(5e-4)),
    rmsprop: optimise(tf.train.rmsprop(5e-4, 0.99)),
  };
};

/** By @murmuration/kernels. */
export const ourOperations = (tf, kernels) => {
  const optimise = (step) =>
    train((parameters) => {
      const zeros = () => parameters.map((each) => tf.variable(tf.zerosLike(each), false));
      const [means, squares] = [zeros(), zeros()];
      let count = 0;
      return (loss) =>
        tf.tidy(() => {
          const { grads } = tf.variableGrads(loss, parameters);
          step({
            parameters,
            gradients: parameters.map(({ name }) => grads[name]),
            means,
            squares,
            step: ++count,
          });
        });
    });
  return {
    dense: (x, { weight, bias }, activation) => kernels.dense(x, weight, bias, activation),
    layerNorm: (x, { scale, shift }) => kernels.layerNorm(x, scale, shift),
    gelu: kernels.gelu,
    softmax: kernels.softmax,
    logSoftmax: kernels.logSoftmax,
    gru: kernels.gru,
    attention: kernels.attention,
    categorical: kernels.categorical,
    meanSquaredError: kernels.meanSquaredError,
    causalMask: (length) =>
      tf.tidy(() => tf.cast(tf.expandDims(tf.linalg.bandPart(tf.ones([length, length]), -1, 0), 0), 'bool')),
    adam: optimise((lists) => kernels.adam(lists, { learningRate: 5e-4 })),
    rmsprop: optimise((lists) => kernels.rmsprop(lists, { learningRate: 5e-4, epsilon: 1e-5 })),
  };
};
