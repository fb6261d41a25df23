import { type BoxSpace, boundOf, widthOf } from '@murmuration/core';
import {
  clipByValue,
  createParameters,
  exp,
  gaussianDivergence,
  gaussianEntropy,
  gaussianLogProbability,
  mul,
  ones,
  sigmoid,
  type Tensor,
  type Tensor1D,
  tanh,
  tensor2d,
} from '@murmuration/core/tensors';
import type { Head, Taken } from './head';
import { leading } from './leading';

export interface GaussianOptions {
  /**
   * σ from the free parameter ℓ: `cap · sigmoid(ℓ / stretch)` (HARL), `exp(ℓ)` (MAPPO), or `exp(clip(ℓ, −20, 2))` (A2PO).
   */
  readonly deviation: 'sigmoid' | 'exponential' | 'clipped-exponential';
  /** ℓ at the start; `auto` is `stretch`, 0 and −0.5. */
  readonly start: number | 'auto';
  readonly stretch: number;
  readonly cap: number;
  /** Whether the mean goes through tanh. */
  readonly tanhMean: boolean;
  /** Whether −1 … 1 is stretched to finite bounds of the action space before it is clipped to them. */
  readonly scaleToBounds: boolean;
}

const clipRange = [-20, 2] as const;

const startOf = ({ deviation, start, stretch }: GaussianOptions): number => {
  if (start !== 'auto') return start;
  return { sigmoid: stretch, exponential: 0, 'clipped-exponential': -0.5 }[deviation];
};

/** Standard deviations from the free parameters, in a graph. */
const deviationsOf = (free: Tensor, { deviation, stretch, cap }: GaussianOptions): Tensor => {
  if (deviation === 'sigmoid') return mul(sigmoid(mul(free, 1 / stretch)), cap);
  return exp(deviation === 'exponential' ? free : clipByValue(free, ...clipRange));
};

/** The same for one number. */
const deviationOf = (free: number, { deviation, stretch, cap }: GaussianOptions): number => {
  if (deviation === 'sigmoid') return cap / (1 + Math.exp(-free / stretch));
  if (deviation === 'exponential') return Math.exp(free);
  return Math.exp(Math.min(Math.max(free, clipRange[0]), clipRange[1]));
};

/** The float32 nearest to a bound that does not lie outside it. */
const within = (bound: number, outwards: 1 | -1): number => {
  const rounded = Math.fround(bound);
  if (!Number.isFinite(rounded) || (rounded - bound) * outwards <= 0) return rounded;
  return Math.fround(rounded - outwards * Math.abs(rounded) * 2 ** -23);
};

const halfLogTau = 0.5 * Math.log(2 * Math.PI);

/** Independent normal variables whose deviations do not depend on what is seen; the world's bounds clip what is drawn. */
export const createGaussianHead = (space: BoxSpace, options: GaussianOptions): Head => {
  const width = widthOf(space);
  const parameters = createParameters({
    deviation: { shape: [width], data: new Float32Array(width).fill(startOf(options)) },
  });
  const deviations = new Float64Array(width);
  const bounds = Array.from({ length: width }, (_, entry) => {
    const [low, high] = [boundOf(space.low, entry), boundOf(space.high, entry)];
    const finite = Number.isFinite(low) && Number.isFinite(high);
    const scales = options.scaleToBounds && finite;
    return {
      low: within(low, -1),
      high: within(high, 1),
      centre: scales ? (low + high) / 2 : 0,
      half: scales ? (high - low) / 2 : 1,
    };
  });
  const meanOf = (output: Tensor): Tensor => (options.tanhMean ? tanh(output) : output);
  const squash = (output: number): number => (options.tanhMean ? Math.tanh(output) : output);
  const takenOf = ({ rows, actions, actionWidth }: Taken): Tensor =>
    tensor2d(leading(actions, actionWidth, width), [rows, width]);
  return {
    continuous: true,
    outputs: width,
    parameters,
    evaluate(output, taken) {
      const deviation = deviationsOf(parameters.deviation, options);
      const logProbability = gaussianLogProbability(takenOf(taken), meanOf(output), deviation);
      const entropy = mul(ones([taken.rows]), gaussianEntropy(deviation));
      return { logProbability: logProbability as Tensor1D, entropy: entropy as Tensor1D };
    },
    async refresh() {
      const free = await parameters.deviation.data();
      for (let entry = 0; entry < width; entry++) deviations[entry] = deviationOf(free[entry], options);
    },
    draw(random, output, _available, into) {
      let logProbability = 0;
      for (let entry = 0; entry < width; entry++) {
        const noise = random.normal();
        into[entry] = squash(output[entry]) + deviations[entry] * noise;
        logProbability -= 0.5 * noise * noise + Math.log(deviations[entry]) + halfLogTau;
      }
      return logProbability;
    },
    best(output, _available, into) {
      for (let entry = 0; entry < width; entry++) into[entry] = squash(output[entry]);
    },
    toWorld(drawn, into) {
      for (let entry = 0; entry < width; entry++) {
        const { low, high, centre, half } = bounds[entry];
        into[entry] = Math.min(Math.max(centre + half * drawn[entry], low), high);
      }
    },
    describe: (output) => [meanOf(output), deviationsOf(parameters.deviation, options)],
    divergence([meanBefore, deviationBefore], [meanAfter, deviationAfter]) {
      const before = { mean: meanBefore, deviation: deviationBefore };
      return gaussianDivergence(before, { mean: meanAfter, deviation: deviationAfter });
    },
  };
};
