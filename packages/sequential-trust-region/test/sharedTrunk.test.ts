import {
  alone,
  createActions,
  createEnvironment,
  createFrame,
  createValueNormaliser,
  type Rollout,
  randomFrom,
} from '@murmuration/core';
import { createAdam, ready } from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { restoreActors, saveActors } from '../src/actor';
import { createActorCritic } from '../src/actorCritic';
import { createCollector } from '../src/collector';
import { gaussian } from '../src/config/shared';
import { adamEpsilon } from '../src/optimisers';
import { cutInto } from '../src/sequences';
import { flatten } from '../src/update/flat';
import { practiseTogether } from '../src/update/jointly';
import { valueRollout } from '../src/valuation';
import { walkers } from './fixtures/expedition';
import {
  createAdam as createReferenceAdam,
  gradient,
  ppoLoss,
  type Vector,
  valueError,
} from './reference/float64';
import { createProblem, moments, network, sizes, spec, team } from './reference/problem';

beforeAll(ready);

const options = {
  network,
  gaussian: gaussian.parse({}),
  divergence: 'exact',
  showAgent: false,
  normalise: true,
} as const;

const settings = {
  policy: {
    learningRate: 0.05,
    epochs: 3,
    minibatches: 1,
    clip: 0.1,
    entropy: 0.02,
    entropyReduction: 'mean',
    maximumNorm: 0.5,
  },
  critic: { clip: 0.2, huber: 0.5, huberSides: 'both', maskInactive: true, lossWeight: 0.7 },
} as const;

const { policy, critic: valueOptions } = settings;

/** A trunk, a branch of three choices, and one of a value: where their weights begin. */
const [trunk, choices, value] = [0, (sizes.inputs + 1) * sizes.hidden, 21];

describe('an actor and a critic on one trunk', () => {
  it('learn as their formulas in float64 say: one loss, one gradient, one length to which it is cut', async () => {
    const problem = await createProblem([[0, 1]]);
    const { rollout, advantages } = problem.improvement;
    const pair = createActorCritic(spec, [0, 1], options, randomFrom(4));
    restoreActors([pair.actor], await saveActors(problem.actors));
    const flat = flatten(pair.parameters);
    const start: Vector = [...(await flat.read(pair.parameters))];
    expect(start).toHaveLength(value + sizes.hidden + 1);
    expect(start.slice(0, value)).toEqual(problem.theta[0]);

    const valuation = await valueRollout(pair.critic, rollout, team, {
      start: new Float32Array(0),
      stretch: 1,
      cutOff: false,
    });
    const random = randomFrom(6);
    const returns = Float32Array.from({ length: moments * team }, () => 3 * random.normal() + 1);

    const predict = (at: Vector, row: number): number =>
      Array.from({ length: sizes.hidden }, (_, unit) =>
        Math.tanh(
          rollout.observations[row * 2] * at[unit] +
            rollout.observations[row * 2 + 1] * at[3 + unit] +
            at[6 + unit],
        ),
      ).reduce((sum, feature, unit) => sum + feature * at[value + unit], at[value + sizes.hidden]);
    const average = (values: readonly number[]) =>
      values.reduce((sum, each) => sum + each, 0) / values.length;
    const living = [...returns.keys()].filter((row) => rollout.active[row] === 1);
    const normaliser = createValueNormaliser();
    const adam = createReferenceAdam(start.length, policy.learningRate, policy.maximumNorm);
    let theta = start;
    const valueLosses: number[] = [];
    for (let epoch = 0; epoch < policy.epochs; epoch++) {
      normaliser.update(average([...returns]), average([...returns].map((each) => each ** 2)));
      const valueLoss = (at: Vector) =>
        average(
          living.map((row) => {
            const target = normaliser.normalise(returns[row]);
            return valueError(predict(at, row), valuation.predictions[row], target, valueOptions);
          }),
        );
      valueLosses.push(valueLoss(theta));
      const loss = (at: Vector) =>
        ppoLoss(at, sizes, problem.samples.flat(), policy) + valueOptions.lossWeight * valueLoss(at);
      theta = adam(theta, gradient(loss, theta));
    }

    const optimiser = createAdam(pair.parameters, { ...policy, epsilon: adamEpsilon });
    const sequences = cutInto({ steps: rollout.steps, length: 1, copies: 2, team, agents: [0, 1] });
    const given = { random, reduce: async () => {}, shard: alone };
    const lesson = { spec, rollout, sequences, advantages, valuation, returns, ...given };
    const metrics = await practiseTogether(pair, optimiser, lesson, settings);

    const found = await flat.read(pair.parameters);
    theta.forEach((expected, index) => {
      expect(found[index]).toBeCloseTo(expected, 4);
    });
    for (const part of [trunk, choices, value])
      expect(Math.abs(theta[part] - start[part])).toBeGreaterThan(0.01);
    expect(metrics.valueLoss).toBeCloseTo(average(valueLosses), 5);
    expect(Object.keys(metrics)).toEqual(['policyLoss', 'entropy', 'divergence', 'valueLoss']);
  });

  it('remember one thing: what the actor remembered while acting is what values go on from', async () => {
    const copies = 2;
    const world = createEnvironment(walkers, copies);
    const recurrent = { ...network, hidden: [4], recurrent: true, layerNorm: true };
    const pair = createActorCritic(world.spec, [0, 1], { ...options, network: recurrent }, randomFrom(7));
    const limits = { steps: 12, length: 3, copies, shard: alone };
    const collector = createCollector(world.spec, [pair.actor], limits, randomFrom(8));
    let [frame, next] = [createFrame(world.spec, copies), createFrame(world.spec, copies)];
    const actions = createActions(world.spec, copies);
    world.reset(randomFrom(9), frame);
    const rollouts: Rollout[] = [];
    while (rollouts.length < 2) {
      await collector.act(frame, actions);
      world.step(actions, next);
      collector.observe(frame, next);
      [frame, next] = [next, frame];
      const taken = collector.take();
      if (taken) rollouts.push(structuredClone(taken));
    }
    const [, second] = rollouts;
    // Episodes of seven steps at most end within it.
    expect(second.started.some((each) => each === 1)).toBe(true);
    const width = copies * 2 * 4;
    const start = second.memory.slice(0, width);
    expect(start.some((each) => each !== 0)).toBe(true);
    const valuation = await valueRollout(pair.critic, second, 2, { start, stretch: 3, cutOff: true });
    expect(valuation.memory).toHaveLength(second.memory.length);
    valuation.memory.forEach((each, index) => {
      expect(each).toBeCloseTo(second.memory[index], 5);
    });
  });

  it('have no weight twice', () => {
    const { actor, critic, parameters } = createActorCritic(spec, [0, 1], options, randomFrom(1));
    const own = [...Object.values(actor.parameters), ...Object.values(critic.parameters)];
    expect(new Set(own).size).toBe(own.length);
    expect(Object.values(parameters)).toEqual(own);
    const standing = Object.values(critic.network.trunk.parameters);
    expect(standing.length).toBeGreaterThan(0);
    for (const weight of standing) expect(Object.values(actor.parameters)).toContain(weight);
  });
});
