import type { DiscreteSpace } from '@murmuration/core';
import {
  categorical,
  categoricalDivergence,
  categoricalLogarithms,
  exp,
  likeliestChoice,
  mul,
  sampleCategorical,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  tensor,
  tensor1d,
  tensor2d,
} from '@murmuration/core/tensors';
import type { Head, Taken } from './head';
import { leading } from './leading';

const availableOf = ({ rows, available, actionCount }: Taken, count: number): Tensor =>
  tensor(leading(available, actionCount, count), [rows, count], 'bool');

/**
 * Σ over choices of e^d − 1 − d with d = log q − log p: HARL's stand-in for KL(p ‖ q), which forgets to weigh the terms
 * by p. Its thresholds were tuned with it.
 */
export const unweightedDivergence = (p: Tensor, q: Tensor): Tensor => {
  const difference = sub(q, p);
  return sum(sub(sub(exp(difference), 1), difference), -1);
};

/** One choice of many, those that are not available excluded. */
export const createCategoricalHead = ({ size }: DiscreteSpace, divergence: 'exact' | 'unweighted'): Head => ({
  continuous: false,
  outputs: size,
  parameters: {},
  evaluate(output, taken) {
    const actions = tensor1d(Int32Array.from(leading(taken.actions, taken.actionWidth, 1)), 'int32');
    const { logProbability, entropy } = categorical(output, actions, availableOf(taken, size));
    return { logProbability: logProbability as Tensor1D, entropy: entropy as Tensor1D };
  },
  refresh: async () => {},
  draw(random, output, available, into) {
    const { choice, logProbability } = sampleCategorical(random, output, available);
    into[0] = choice;
    return logProbability;
  },
  best(output, available, into) {
    into[0] = likeliestChoice(output, available);
  },
  toWorld(drawn, into) {
    into[0] = drawn[0];
  },
  describe: (output, taken) => [categoricalLogarithms(output, availableOf(taken, size))],
  divergence([before], [after], { rows, available, actionCount }) {
    // Hidden choices have logarithms near -1e9, whose differences are rounding: 0 for both makes them equal.
    const seen = tensor2d(Float32Array.from(leading(available, actionCount, size)), [rows, size]);
    const [p, q] = [mul(before, seen), mul(after, seen)];
    return divergence === 'exact' ? categoricalDivergence(p, q) : unweightedDivergence(p, q);
  },
});
