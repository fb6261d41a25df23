import { ready } from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { trustRegion } from '../src/config/policy';
import { hatrpo } from '../src/update/hatrpo';
import { apart, common, expectClose, ratiosOf } from './reference/expectations';
import {
  divergence,
  gradient,
  logPolicy,
  mean,
  ratioOf,
  type Sample,
  type Vector,
} from './reference/float64';
import { createProblem, moments, sizes, spec, weightsOf } from './reference/problem';

beforeAll(ready);

/** A trust region step by formulas: Hessian by differences of gradients, conjugate gradients, line search. */
const trustRegionStep = (
  theta: Vector,
  samples: readonly Sample[],
  factor: Vector,
  options: ReturnType<typeof trustRegion.parse>,
): Vector => {
  const surrogate = (at: Vector) =>
    mean(samples, (sample, index) => factor[index] * ratioOf(at, sizes, sample) * sample.advantage);
  const before = samples.map((sample) => logPolicy(theta, sizes, sample));
  const distance = (at: Vector) =>
    samples.reduce((sum, sample, index) => sum + divergence(before[index], logPolicy(at, sizes, sample)), 0) /
    samples.length;
  const add = (a: Vector, b: Vector, scale: number) => a.map((value, index) => value + scale * b[index]);
  const inner = (a: Vector, b: Vector) => a.reduce((sum, value, index) => sum + value * b[index], 0);
  const multiply = (v: Vector) => {
    const above = gradient(distance, add(theta, v, 1e-4));
    const below = gradient(distance, add(theta, v, -1e-4));
    return above.map((value, index) => (value - below[index]) / 2e-4 + options.damping * v[index]);
  };
  const slope = gradient(surrogate, theta);
  let x: Vector = slope.map(() => 0);
  let residual = slope;
  let direction = slope;
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    if (inner(residual, residual) < 1e-10) break;
    const product = multiply(direction);
    const step = inner(residual, residual) / inner(direction, product);
    x = add(x, direction, step);
    const next = add(residual, product, -step);
    direction = add(next, direction, inner(next, next) / inner(residual, residual));
    residual = next;
  }
  const full = x.map((value) => value / Math.sqrt(inner(x, multiply(x)) / (2 * options.limit)));
  for (let step = 0, fraction = 1; step < options.searchSteps; step++, fraction *= options.backtrack) {
    const tried = add(theta, full, fraction);
    const gain = surrogate(tried) - surrogate(theta);
    const enough = gain > 0 && gain / (fraction * inner(slope, full)) > options.acceptRatio;
    if (enough && distance(tried) < options.limit) return tried;
  }
  return theta;
};

describe('a trust region step equals its formulas in float64', () => {
  const options = trustRegion.parse({ limit: 0.02 });

  it.each(['product', 'bounded'] as const)('HATRPO with the %s', async (factor) => {
    const problem = await createProblem(apart);
    const first = trustRegionStep(problem.theta[0], problem.samples[0], Array(moments).fill(1), options);
    const ratios = ratiosOf(first, problem.samples[0]);
    const used = factor === 'bounded' ? ratios.map((ratio) => Math.min(1, ratio)) : ratios;
    const second = trustRegionStep(problem.theta[1], problem.samples[1], used, options);
    const { metrics } = await hatrpo(spec, problem.actors, { ...common, factor, policy: options }).improve(
      problem.improvement,
    );
    expectClose(await weightsOf(problem), [first, second], 3);
    expect(metrics.accepted).toBe(1);
    expect(metrics.divergence).toBeLessThan(0.02);
  });
});
