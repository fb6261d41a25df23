/** A policy of one hidden tanh layer with masked choices, and what learns it, in float64 and by the formulas alone. */

export type Vector = number[];

export interface Sample {
  readonly observation: Vector;
  readonly available: readonly boolean[];
  readonly action: number;
  /** Log-probability when the action was drawn. */
  readonly before: number;
  readonly advantage: number;
  readonly weight: number;
}

export interface Sizes {
  readonly inputs: number;
  readonly hidden: number;
  readonly actions: number;
}

/** log π(·|o), −Infinity where not available. @param theta weights, biases, weights, biases */
export const logPolicy = (theta: Vector, { inputs, hidden, actions }: Sizes, sample: Sample): Vector => {
  const layer = (from: number, input: Vector, outputs: number) =>
    Array.from({ length: outputs }, (_, unit) =>
      input.reduce(
        (sum, value, index) => sum + value * theta[from + index * outputs + unit],
        theta[from + input.length * outputs + unit],
      ),
    );
  const features = layer(0, sample.observation, hidden).map(Math.tanh);
  const logits = layer((inputs + 1) * hidden, features, actions);
  const open = logits.filter((_, action) => sample.available[action]);
  const most = Math.max(...open);
  const total = most + Math.log(open.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return logits.map((logit, action) => (sample.available[action] ? logit - total : -Infinity));
};

export const ratioOf = (theta: Vector, sizes: Sizes, sample: Sample): number =>
  Math.exp(logPolicy(theta, sizes, sample)[sample.action] - sample.before);

const entropyOf = (logarithms: Vector): number =>
  -logarithms.reduce((sum, log) => sum + (log === -Infinity ? 0 : Math.exp(log) * log), 0);

export const divergence = (before: Vector, after: Vector): number =>
  before.reduce(
    (sum, log, action) => sum + (log === -Infinity ? 0 : Math.exp(log) * (log - after[action])),
    0,
  );

export const mean = (samples: readonly Sample[], value: (sample: Sample, index: number) => number): number =>
  samples.reduce((sum, sample, index) => sum + sample.weight * value(sample, index), 0) /
  samples.reduce((sum, { weight }) => sum + weight, 0);

/** −E[M min(l Â, clip(l) Â)] − c H with l = r · others. */
export const ppoLoss = (
  theta: Vector,
  sizes: Sizes,
  samples: readonly Sample[],
  options: { clip: number | Vector; entropy: number; factor?: Vector; others?: Vector },
): number => {
  const { clip, entropy, factor, others } = options;
  const objective = mean(samples, (sample, index) => {
    const ratio = ratioOf(theta, sizes, sample) * (others?.[index] ?? 1);
    const most = typeof clip === 'number' ? clip : clip[index];
    const near = Math.min(1 + most, Math.max(1 - most, ratio));
    return (factor?.[index] ?? 1) * Math.min(ratio * sample.advantage, near * sample.advantage);
  });
  return -objective - entropy * mean(samples, (sample) => entropyOf(logPolicy(theta, sizes, sample)));
};

/** The larger of two Huber errors: of the prediction, and of what is left of it near the one before. */
export const valueError = (
  prediction: number,
  before: number,
  target: number,
  { clip, huber }: { clip: number; huber: number },
): number => {
  const bend = (error: number) =>
    Math.abs(error) <= huber ? error ** 2 / 2 : huber * (Math.abs(error) - huber / 2);
  const near = before + Math.min(clip, Math.max(-clip, prediction - before));
  return Math.max(bend(target - prediction), bend(target - near));
};

/** By central differences, which in float64 leave ten digits. */
export const gradient = (loss: (theta: Vector) => number, theta: Vector): Vector =>
  theta.map((value, index) => {
    const at = (shift: number) => loss(theta.with(index, value + shift));
    return (at(1e-5) - at(-1e-5)) / 2e-5;
  });

/** Adam with PyTorch's defaults and ε = 1e-5, gradients cut to a length. */
export const createAdam = (size: number, learningRate: number, maximumNorm: number) => {
  let step = 0;
  let means: Vector = Array(size).fill(0);
  let squares: Vector = Array(size).fill(0);
  return (theta: Vector, slope: Vector): Vector => {
    step++;
    const length = Math.hypot(...slope);
    const cut = slope.map((value) => value * Math.min(1, maximumNorm / length));
    means = means.map((value, index) => 0.9 * value + 0.1 * cut[index]);
    squares = squares.map((value, index) => 0.999 * value + 0.001 * cut[index] ** 2);
    return theta.map((value, index) => {
      const m = means[index] / (1 - 0.9 ** step);
      const v = squares[index] / (1 - 0.999 ** step);
      return value - (learningRate * m) / (Math.sqrt(v) + 1e-5);
    });
  };
};
