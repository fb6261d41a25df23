import { alone, createValueNormaliser, type Rollout, randomFrom } from '@murmuration/core';
import { createAdam, ready, type Tensor2D, tensor, tensor2d } from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { critic as criticSchema, network as networkSchema } from '../src/config/shared';
import { createCritic } from '../src/critic';
import { createCriticTeam } from '../src/criticTeam';
import { adamEpsilon } from '../src/optimisers';
import { trainCritic } from '../src/trainCritic';
import { flatten } from '../src/update/flat';
import { valueRollout } from '../src/valuation';
import { createAdam as createReferenceAdam, gradient, type Vector, valueError } from './reference/float64';
import { createProblem, moments, sizes, spec } from './reference/problem';

beforeAll(ready);

const body = {
  hidden: [sizes.hidden],
  activation: 'tanh',
  recurrent: false,
  hiddenAfter: [],
  normaliseInputs: false,
  layerNorm: false,
} as const;

/** A rollout in which copies start anew and one is cut off. */
const rolloutWithEnds = async (): Promise<Rollout> => {
  const { rollout } = (await createProblem([[0, 1]])).improvement;
  const started = rollout.started.slice();
  const ends = rollout.ends.slice();
  started[2 * 2] = 1;
  ends[1 * 2] = 1;
  started[4 * 2 + 1] = 1;
  ends[3 * 2 + 1] = 2;
  const observations = Float32Array.of(0.3, -0.4, 0.8, 0.1);
  const last = { row: 7, observations, state: Float32Array.of(0), active: Uint8Array.of(1, 1) };
  return { ...rollout, started, ends, cutOff: [last] };
};

describe('valuing a rollout in one pass', () => {
  it('gives what a recurrent critic that looks along would have said', async () => {
    const rollout = await rolloutWithEnds();
    const random = randomFrom(3);
    const critic = createCritic(
      spec,
      [0, 1],
      {
        network: { ...body, recurrent: true, layerNorm: true },
        parts: ['observation'],
        hideInactive: false,
        normalise: true,
      },
      random,
    );
    critic.normaliser?.update(2, 6);
    const units = sizes.hidden;
    const start = Float32Array.from({ length: 2 * 2 * units }, () => random.normal());
    const found = await valueRollout(critic, rollout, 2, { start, stretch: 3, cutOff: true });

    const look = async (observations: Float32Array, memory: Float32Array, resets: Uint8Array) => {
      const rows = memory.length / units;
      const outcome = critic.network.forward(tensor2d(observations, [rows, 2]), {
        start: tensor2d(memory, [rows, units]),
        resets: tensor(resets, [1, rows], 'bool') as Tensor2D,
      });
      const [values, after] = await Promise.all([outcome.output.data(), outcome.memory!.data()]);
      return { values: (values as Float32Array).slice(), memory: (after as Float32Array).slice() };
    };
    let memory = start;
    for (let time = 0; time <= 6; time++) {
      if (time % 3 === 0 && time < 6) {
        expect([...found.memory.slice((time / 3) * 12, (time / 3 + 1) * 12)]).toEqual([...memory]);
      }
      if (time === 6) expect([...found.last]).toEqual([...memory]);
      const resets = Uint8Array.from([0, 0, 1, 1], (copy) => rollout.started[time * 2 + copy]);
      const seen = await look(rollout.observations.slice(time * 8, (time + 1) * 8), memory, resets);
      const inUnits = seen.values.map((value) => critic.normaliser?.denormalise(value) ?? Number.NaN);
      seen.values.forEach((value, column) => {
        if (time < 6) expect(found.predictions[time * 4 + column]).toBeCloseTo(value, 5);
        if (time < 6) expect(found.values[time * 4 + column]).toBeCloseTo(inUnits[column], 5);
        const wasCut = time === 4 && column >= 2;
        if (time > 0 && !wasCut)
          expect(found.nextValues[(time - 1) * 4 + column]).toBeCloseTo(inUnits[column], 5);
      });
      if (time === 3) {
        const last = await look(rollout.cutOff[0].observations, seen.memory.slice(6), Uint8Array.of(0, 0));
        last.values.forEach((value, column) => {
          const expected = critic.normaliser?.denormalise(value) ?? Number.NaN;
          expect(found.nextValues[3 * 4 + 2 + column]).toBeCloseTo(expected, 5);
        });
      }
      memory = seen.memory;
    }
  });
});

describe('fitting a critic', () => {
  it('equals its formulas in float64', async () => {
    const { rollout } = (await createProblem([[0, 1]])).improvement;
    const random = randomFrom(4);
    const options = { network: body, parts: ['observation'], hideInactive: false, normalise: true } as const;
    const critic = createCritic(spec, [0, 1], options, random);
    const { parameters } = critic.network;
    const flat = flatten(parameters);
    let theta: Vector = [...(await flat.read(parameters))];
    const start = new Float32Array(0);
    const valuation = await valueRollout(critic, rollout, 2, { start, stretch: 1, cutOff: false });
    const returns = Float32Array.from({ length: moments * 2 }, () => 3 * random.normal() + 1);
    const training = criticSchema('observation').parse({
      epochs: 3,
      clip: 0.2,
      huber: 0.5,
      learningRate: 0.05,
    });

    const predict = (at: Vector, row: number): number => {
      const features = Array.from({ length: 3 }, (_, unit) =>
        Math.tanh(
          rollout.observations[row * 2] * at[unit] +
            rollout.observations[row * 2 + 1] * at[3 + unit] +
            at[6 + unit],
        ),
      );
      return features.reduce((sum, value, unit) => sum + value * at[9 + unit], at[12]);
    };
    const normaliser = createValueNormaliser();
    const adam = createReferenceAdam(theta.length, 0.05, 10);
    for (let epoch = 0; epoch < 3; epoch++) {
      const average = (values: readonly number[]) =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      normaliser.update(average([...returns]), average([...returns].map((value) => value ** 2)));
      const loss = (at: Vector) =>
        average(
          Array.from(returns, (value, row) => {
            const before = valuation.predictions[row];
            const target = normaliser.normalise(value);
            return valueError(predict(at, row), before, target, { clip: 0.2, huber: 0.5 });
          }),
        );
      theta = adam(theta, gradient(loss, theta));
    }

    const optimiser = createAdam(parameters, { learningRate: 0.05, epsilon: adamEpsilon, maximumNorm: 10 });
    const lesson = { spec, rollout, valuation, returns, random, reduce: async () => {}, shard: alone };
    await trainCritic(critic, optimiser, lesson, { ...training, length: 1 });
    const found = [...(await flat.read(parameters))];
    found.forEach((value, index) => {
      expect(value).toBeCloseTo(theta[index], 4);
    });
  });
});

describe('the critics of a team', () => {
  const options = {
    critic: criticSchema('state').parse({}),
    network: networkSchema.parse({ hidden: [3] }),
    length: 1,
    discount: 0.9,
    lambda: 0.8,
    timeLimit: 'bootstrap',
    rewards: 'team',
  } as const;

  it('give all agents one advantage where the team has one value', async () => {
    const rollout = await rolloutWithEnds();
    const rewards = rollout.rewards.map((_, row) => row % 3);
    const appraisal = await createCriticTeam(spec, options, randomFrom(1)).appraise({ ...rollout, rewards });
    const advantages = appraisal.advantages();
    for (let row = 0; row < advantages.length; row += 2) expect(advantages[row + 1]).toBe(advantages[row]);
    // Nothing is known of returns yet: 1 stands for the smallest deviation.
    const inUnits = appraisal.predictions('reward');
    appraisal.predictions('normalised').forEach((prediction, row) => {
      expect(inUnits[row]).toBeCloseTo(0.1 * prediction, 6);
    });
  });

  it('teach one value the mean of what agents were corrected to', async () => {
    const rollout = await rolloutWithEnds();
    const apart = Float32Array.from({ length: moments * 2 }, (_, row) => (row % 2 === 0 ? 1 : 3));
    const alike = apart.map(() => 2);
    const learned = await Promise.all(
      [apart, alike].map(async (advantages) => {
        const team = createCriticTeam(spec, options, randomFrom(1));
        const appraisal = await team.appraise(rollout);
        await appraisal.train({
          ...{ advantages, rate: 1, random: randomFrom(2), reduce: async () => {}, shard: alone },
        });
        return team.save();
      }),
    );
    expect(learned[0]).toEqual(learned[1]);
  });

  it('tell agents apart where rewards are their own', async () => {
    const rollout = await rolloutWithEnds();
    const rewards = rollout.rewards.map((_, row) => row % 2);
    const own = {
      ...options,
      rewards: 'own',
      critic: criticSchema('observation').parse({ normalise: false }),
    } as const;
    const appraisal = await createCriticTeam(spec, own, randomFrom(1)).appraise({
      ...rollout,
      rewards,
      ends: rollout.ends.map(() => 1),
    });
    const advantages = appraisal.advantages();
    // Every step is the last: what is left is r − v.
    advantages.forEach((advantage, row) => {
      expect(advantage).toBeCloseTo(rewards[row] - appraisal.predictions('reward')[row], 5);
    });
  });
});
