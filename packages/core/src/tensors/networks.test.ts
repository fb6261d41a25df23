import { beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../random';
import * as tf from '.';

beforeAll(() => tf.ready());

const value = (shape: number[], ...data: number[]) => ({ shape, data: Float32Array.from(data) });
const random = <Rank extends tf.Tensor = tf.Tensor>(shape: number[], seed: number): Rank => {
  const source = randomFrom(seed);
  const size = shape.reduce((product, each) => product * each);
  return tf.tensor(
    Float32Array.from({ length: size }, () => source.normal()),
    shape,
  ) as Rank;
};
const loss = (output: tf.Tensor, weights: tf.Tensor): tf.Scalar =>
  tf.sum(tf.mul(tf.tanh(output), weights)) as tf.Scalar;

/** Compares gradients with central differences of the loss, a few entries of every weight. */
const checkGradients = async (parameters: tf.Parameters, compute: () => tf.Scalar): Promise<void> => {
  const { loss: first, gradients } = tf.gradientsOf(compute, parameters);
  first.dispose();
  expect(Object.keys(gradients).sort()).toEqual(Object.keys(parameters).sort());
  for (const [name, variable] of Object.entries(parameters)) {
    const gradient = await gradients[name].data();
    const start = Float32Array.from(await variable.data());
    const at = async (entry: number, change: number): Promise<number> => {
      const moved = start.slice();
      moved[entry] += change;
      tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
      const result = tf.tidy(compute);
      const [number] = await result.data();
      result.dispose();
      return number;
    };
    for (const entry of [0, start.length >> 1, start.length - 1]) {
      const slope = ((await at(entry, 1e-2)) - (await at(entry, -1e-2))) / 2e-2;
      expect(Math.abs(gradient[entry] - slope), `${name}[${entry}]`).toBeLessThan(3e-3);
    }
    tf.tidy(() => variable.assign(tf.tensor(start, variable.shape)));
    gradients[name].dispose();
  }
};

describe('dense networks', () => {
  it.each(['elu', 'gelu', 'tanh', 'sigmoid', 'relu', 'linear'] as const)(
    '%s: gradients',
    async (activation) => {
      const network = tf.createDense(randomFrom(1), { inputs: 3, hidden: [4], outputs: 2, activation });
      const [input, weights] = [random([5, 3], 2), random([5, 2], 3)];
      await checkGradients(network.parameters, () => loss(network.forward(input), weights));
      tf.disposeParameters(network.parameters);
    },
  );

  it('keep leading axes, and activate the last layer where asked', async () => {
    const shape = { inputs: 1, hidden: [], outputs: 1, lastActivation: 'relu' } as const;
    const network = tf.createDense(randomFrom(1), shape);
    tf.restoreParameters(network.parameters, { '0.weight': value([1, 1], 2), '0.bias': value([1], 1) });
    const output = network.forward(tf.tensor([1, -1, 0, 3], [2, 2, 1]));
    expect(output.shape).toEqual([2, 2, 1]);
    expect([...(await output.data())]).toEqual([3, 0, 1, 7]);
  });
});

describe('gated recurrent units', () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

  it('compute what PyTorch does, and a reset forgets', async () => {
    const network = tf.createGru(randomFrom(1), { inputs: 1, units: 1 });
    tf.restoreParameters(network.parameters, {
      inputWeight: value([1, 3], 0.5, -1, 2),
      recurrentWeight: value([1, 3], 1, 0.3, -0.7),
      inputBias: value([3], 0.1, 0.2, 0.3),
      recurrentBias: value([3], -0.1, 0.4, 0.6),
    });
    const step = (x: number, h: number): number => {
      const r = sigmoid(0.5 * x + 0.1 + h - 0.1);
      const z = sigmoid(-x + 0.2 + 0.3 * h + 0.4);
      const n = Math.tanh(2 * x + 0.3 + r * (-0.7 * h + 0.6));
      return (1 - z) * n + z * h;
    };
    const input = tf.tensor([1, -2, 0.5], [3, 1, 1]) as tf.Tensor3D;
    const start = tf.tensor2d([0.8], [1, 1]);
    const resets = tf.tensor([0, 0, 1], [3, 1], 'bool') as tf.Tensor2D;
    const states = await network.forward(input, start, resets).data();
    const [first, second] = [step(1, 0.8), step(-2, step(1, 0.8))];
    [first, second, step(0.5, 0)].forEach((expected, index) => {
      expect(states[index]).toBeCloseTo(expected, 5);
    });
    tf.disposeParameters(network.parameters);
  });

  it.each([undefined, tf.orthogonal()])('gradients', async (initialiser) => {
    const network = tf.createGru(randomFrom(1), { inputs: 3, units: 5, initialiser });
    const [input, start] = [random<tf.Tensor3D>([4, 2, 3], 2), random<tf.Tensor2D>([2, 5], 3)];
    const weights = random([4, 2, 5], 4);
    await checkGradients(network.parameters, () => loss(network.forward(input, start), weights));
    tf.disposeParameters(network.parameters);
  });

  it('start within 1 / √units, or with each gate orthogonal and biases 0', async () => {
    const uniform = await tf.saveParameters(tf.createGru(randomFrom(1), { inputs: 8, units: 16 }).parameters);
    for (const name of ['inputWeight', 'recurrentWeight', 'inputBias', 'recurrentBias']) {
      const { data } = uniform[name] as { data: Float32Array };
      const largest = Math.max(...data.map(Math.abs));
      expect(largest).toBeLessThanOrEqual(0.25);
      expect(largest).toBeGreaterThan(0.2);
    }
    const initialiser = tf.orthogonal();
    const { recurrentWeight, inputBias } = await tf.saveParameters(
      tf.createGru(randomFrom(1), { inputs: 8, units: 4, initialiser }).parameters,
    );
    const { data } = recurrentWeight as { data: Float32Array };
    const column = (gate: number, unit: number) =>
      [0, 1, 2, 3].map((row) => data[row * 12 + gate * 4 + unit]);
    const product = (a: number[], b: number[]) => a.reduce((sum, each, index) => sum + each * b[index], 0);
    for (let gate = 0; gate < 3; gate++) {
      expect(product(column(gate, 0), column(gate, 0))).toBeCloseTo(1, 5);
      expect(product(column(gate, 0), column(gate, 1))).toBeCloseTo(0, 5);
    }
    expect(inputBias).toEqual(value([12], ...new Array(12).fill(0)));
  });
});

describe('layer normalisation', () => {
  it('gives mean 0 and variance 1 at first', async () => {
    const network = tf.createLayerNorm(4);
    const output = await network.forward(tf.tensor2d([1, 2, 3, 4], [1, 4])).data();
    [-1.3416355, -0.4472118, 0.4472118, 1.3416355].forEach((expected, index) => {
      expect(output[index]).toBeCloseTo(expected, 6);
    });
    tf.disposeParameters(network.parameters);
  });

  it('gradients', async () => {
    const network = tf.createLayerNorm(4);
    const [input, weights] = [random([3, 2, 4], 2), random([3, 2, 4], 3)];
    await checkGradients(network.parameters, () => loss(network.forward(input), weights));
    tf.disposeParameters(network.parameters);
  });
});

describe('embeddings', () => {
  it('look vectors up, and learn those that were looked up', async () => {
    const network = tf.createEmbedding(randomFrom(1), 3, 2);
    tf.restoreParameters(network.parameters, { weight: value([3, 2], 1, 2, 3, 4, 5, 6) });
    const indices = tf.tensor([2, 0, 2], [3, 1], 'int32');
    const output = network.forward(indices);
    expect(output.shape).toEqual([3, 1, 2]);
    expect([...(await output.data())]).toEqual([5, 6, 1, 2, 5, 6]);
    const { gradients } = tf.gradientsOf(
      () => tf.sum(network.forward(indices)) as tf.Scalar,
      network.parameters,
    );
    expect([...(await gradients.weight.data())]).toEqual([1, 1, 0, 0, 2, 2]);
    tf.disposeParameters(network.parameters);
  });
});

describe('attention', () => {
  const create = (heads: number) => tf.createAttention(randomFrom(1), { features: 4, heads });
  const causal = [1, 0, 0, 1, 1, 0, 1, 1, 1];

  it('gives the mean of the values where all keys are alike', async () => {
    const network = create(2);
    const key = tf.tidy(() => tf.zeros([1, 3, 4])) as tf.Tensor3D;
    const value = random<tf.Tensor3D>([1, 3, 4], 5);
    const query = random<tf.Tensor3D>([1, 2, 4], 6);
    const mean = tf.tile(tf.mean(value, 1, true), [1, 3, 1]) as tf.Tensor3D;
    const [a, b] = [network.forward({ query, key, value }), network.forward({ query, key, value: mean })];
    const [left, right] = [await a.data(), await b.data()];
    left.forEach((each, index) => {
      expect(each).toBeCloseTo(right[index], 5);
    });
    tf.disposeParameters(network.parameters);
  });

  it('hides what the mask hides', async () => {
    const network = create(1);
    const mask = tf.tensor(causal, [1, 3, 3], 'bool') as tf.Tensor3D;
    const outputs = [random([1, 3, 4], 7), random([1, 3, 4], 8)].map((tail) => {
      const head = tf.slice(random([1, 3, 4], 9), [0, 0, 0], [1, 1, 4]);
      const x = tf.concat([head, tf.slice(tail, [0, 1, 0], [1, 2, 4])], 1) as tf.Tensor3D;
      return network.forward({ query: x, key: x, value: x }, mask);
    });
    const [a, b] = await Promise.all(outputs.map((each) => each.data()));
    expect(a.slice(0, 4)).toEqual(b.slice(0, 4));
    expect(a.slice(4)).not.toEqual(b.slice(4));
    tf.disposeParameters(network.parameters);
  });

  it.each([1, 2])('%d heads: gradients', async (heads) => {
    const network = create(heads);
    const x = random<tf.Tensor3D>([2, 3, 4], 2);
    const weights = random([2, 3, 4], 3);
    const mask = tf.tensor(causal, [1, 3, 3], 'bool') as tf.Tensor3D;
    // A key's bias moves all of a query's scores alike: its gradient is 0, up to rounding.
    await checkGradients(network.parameters, () =>
      loss(network.forward({ query: x, key: x, value: x }, mask), weights),
    );
    tf.disposeParameters(network.parameters);
  });
});
