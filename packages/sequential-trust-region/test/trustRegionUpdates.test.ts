import { box, randomFrom } from '@murmuration/core';
import { ready } from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { createActor } from '../src/actor';
import { trustRegion } from '../src/config/policy';
import { gaussian } from '../src/config/shared';
import { flatten } from '../src/update/flat';
import { hatrpo } from '../src/update/hatrpo';
import { trustRegionStep } from '../src/update/trustRegion';
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
import { createProblem, moments, network, sizes, spec, weightsOf } from './reference/problem';

beforeAll(ready);

/** What is made larger, and how far the policy moves from what it was: both of the weights. */
interface Aims {
  surrogate(at: Vector): number;
  distance(at: Vector): number;
}

type Options = ReturnType<typeof trustRegion.parse>;

/** A trust region step by formulas: Hessian by differences of gradients, conjugate gradients, line search. */
const stepByFormulas = (theta: Vector, { surrogate, distance }: Aims, options: Options): Vector => {
  const add = (a: Vector, b: Vector, scale: number) => a.map((value, index) => value + scale * b[index]);
  const inner = (a: Vector, b: Vector) => a.reduce((sum, value, index) => sum + value * b[index], 0);
  const multiply = (v: Vector) => {
    const step = 1e-3 / Math.sqrt(inner(v, v));
    const above = gradient(distance, add(theta, v, step));
    const below = gradient(distance, add(theta, v, -step));
    return above.map((value, index) => (value - below[index]) / (2 * step) + options.damping * v[index]);
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

/** Of masked choices. @param factor M of each sample */
const aimsOfChoices = (theta: Vector, samples: readonly Sample[], factor: Vector): Aims => {
  const before = samples.map((sample) => logPolicy(theta, sizes, sample));
  return {
    surrogate: (at) =>
      mean(samples, (sample, index) => factor[index] * ratioOf(at, sizes, sample) * sample.advantage),
    distance: (at) =>
      samples.reduce(
        (sum, sample, index) => sum + divergence(before[index], logPolicy(at, sizes, sample)),
        0,
      ) / samples.length,
  };
};

describe('a trust region step equals its formulas in float64', () => {
  const options = trustRegion.parse({ limit: 0.02 });

  it.each(['product', 'bounded'] as const)('HATRPO with the %s', async (factor) => {
    const problem = await createProblem(apart);
    const first = stepByFormulas(
      problem.theta[0],
      aimsOfChoices(problem.theta[0], problem.samples[0], Array(moments).fill(1)),
      options,
    );
    const ratios = ratiosOf(first, problem.samples[0]);
    const used = factor === 'bounded' ? ratios.map((ratio) => Math.min(1, ratio)) : ratios;
    const second = stepByFormulas(
      problem.theta[1],
      aimsOfChoices(problem.theta[1], problem.samples[1], used),
      options,
    );
    const { metrics } = await hatrpo(spec, problem.actors, { ...common, factor, policy: options }).improve(
      problem.improvement,
    );
    expectClose(await weightsOf(problem), [first, second], 3);
    expect(metrics.accepted).toBe(1);
    expect(metrics.divergence).toBeLessThan(0.02);
  });

  it('HATRPO with a policy for both', async () => {
    const problem = await createProblem([[0, 1]]);
    let theta = problem.theta[0];
    let factor: Vector = Array(moments).fill(1);
    for (const samples of problem.samples) {
      theta = stepByFormulas(theta, aimsOfChoices(theta, samples, factor), options);
      factor = ratiosOf(theta, samples);
    }
    const rule = hatrpo(spec, problem.actors, { ...common, factor: 'product', policy: options });
    const { metrics } = await rule.improve(problem.improvement);
    expectClose(await weightsOf(problem), [theta], 3);
    expect(metrics.accepted).toBe(1);
  });

  it('HATRPO with continuous controls', async () => {
    const random = randomFrom(21);
    const numbers = (count: number, scale = 1) =>
      Float32Array.from({ length: count }, () => scale * random.normal());
    const rows = 12;
    const actor = createActor(
      { ...spec, agents: [{ ...spec.agents[0], action: box([2], -1, 1) }] },
      [0],
      { network, gaussian: gaussian.parse({}), divergence: 'exact', showAgent: false },
      random,
    );
    const flat = flatten(actor.parameters);
    const theta = [...(await flat.read(actor.parameters))];
    const [inputs, actions, advantages] = [numbers(2 * rows), numbers(2 * rows, 0.5), numbers(rows)];
    /** Mean and deviation of each control in a row; ½ sigmoid of the last two weights is the deviation. */
    const policyOf = (at: Vector, row: number) => {
      const features = [0, 1, 2].map((unit) =>
        Math.tanh(inputs[2 * row] * at[unit] + inputs[2 * row + 1] * at[3 + unit] + at[6 + unit]),
      );
      return [0, 1].map((control) => ({
        mean: features.reduce(
          (sum, value, unit) => sum + value * at[9 + 2 * unit + control],
          at[15 + control],
        ),
        deviation: 0.5 / (1 + Math.exp(-at[17 + control])),
      }));
    };
    const logarithm = (at: Vector, row: number) =>
      policyOf(at, row).reduce((sum, { mean: centre, deviation }, control) => {
        const scaled = (actions[2 * row + control] - centre) / deviation;
        return sum - 0.5 * scaled ** 2 - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
      }, 0);
    const all = Array.from({ length: rows }, (_, row) => row);
    const before = Float32Array.from(all, (row) => logarithm(theta, row) + 0.15 * random.normal());
    const average = (value: (row: number) => number) => all.reduce((sum, row) => sum + value(row), 0) / rows;
    const aims: Aims = {
      surrogate: (at) => average((row) => Math.exp(logarithm(at, row) - before[row]) * advantages[row]),
      distance: (at) =>
        average((row) => {
          const after = policyOf(at, row);
          return policyOf(theta, row).reduce((sum, p, control) => {
            const q = after[control];
            const spread = (p.deviation / q.deviation) ** 2 + ((p.mean - q.mean) / q.deviation) ** 2;
            return sum + 0.5 * (spread - 1) - Math.log(p.deviation / q.deviation);
          }, 0);
        }),
    };
    // Rounding grows with each conjugate gradient, until they come near the solution.
    const few = { ...options, iterations: 6 };
    const expected = stepByFormulas(theta, aims, few);
    /** Two pieces of one batch. */
    const exercises = [
      [0, 5],
      [5, rows],
    ].map(([from, to]) => ({
      batch: {
        rows: Int32Array.from(all.slice(from, to)),
        length: 1,
        inputs: inputs.subarray(2 * from, 2 * to),
        taken: {
          rows: to - from,
          actions: actions.subarray(2 * from, 2 * to),
          actionWidth: 2,
          available: new Uint8Array(0),
          actionCount: 0,
        },
        before: before.subarray(from, to),
        weights: new Float32Array(to - from).fill(1),
      },
      advantages: advantages.subarray(from, to),
      total: rows,
    }));
    const found = await trustRegionStep(actor, exercises, few, async () => {});
    expect(found.accepted).toBe(1);
    expectClose([[...(await flat.read(actor.parameters))]], [expected], 3);
    // The deviations moved too.
    expect(Math.abs(expected[17] - theta[17])).toBeGreaterThan(0.002);
  });
});
