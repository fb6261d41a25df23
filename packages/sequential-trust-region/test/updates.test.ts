import { alone, randomFrom } from '@murmuration/core';
import { ready } from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { cutInto, minibatchesOf } from '../src/sequences';
import { agentwise } from '../src/update/agentwise';
import { epochwise } from '../src/update/epochwise';
import { happo } from '../src/update/happo';
import { interleaved } from '../src/update/interleaved';
import { simultaneous } from '../src/update/simultaneous';
import { apart, common, expectClose, ratiosOf } from './reference/expectations';
import { createAdam, gradient, mean, ppoLoss, type Sample, type Vector } from './reference/float64';
import { createProblem, moments, sizes, spec, weightsOf } from './reference/problem';

beforeAll(ready);

const policy = {
  learningRate: 0.05,
  epochs: 3,
  minibatches: 1,
  clip: 0.1,
  entropy: 0.02,
  entropyReduction: 'mean',
  maximumNorm: 0.5,
} as const;

const coppoOptions = {
  ...common,
  policy,
  othersClip: 0.05,
  scores: 'normalised',
  adaptiveClip: false,
  trace: undefined,
  lambda: 0.95,
  blocks: 1,
} as const;

type LossOptions = Parameters<typeof ppoLoss>[3];

/** Epochs of Adam down PPO's loss. */
const practise = (theta: Vector, samples: readonly Sample[], options: Partial<LossOptions> = {}): Vector => {
  const adam = createAdam(theta.length, policy.learningRate, policy.maximumNorm);
  let now = theta;
  for (let epoch = 0; epoch < policy.epochs; epoch++) {
    now = adam(
      now,
      gradient((at) => ppoLoss(at, sizes, samples, { ...policy, ...options }), now),
    );
  }
  return now;
};

/** Advantages less their mean, over their deviation, both of those who took part. */
const standardised = (samples: readonly Sample[]): Sample[] => {
  const centre = mean(samples, ({ advantage }) => advantage);
  const deviation = Math.sqrt(mean(samples, ({ advantage }) => (advantage - centre) ** 2));
  return samples.map((sample) => ({
    ...sample,
    advantage: (sample.advantage - centre) / (deviation + 1e-5),
  }));
};

/** Sample variance of M Â over those who took part. */
const varianceOf = (samples: readonly Sample[], factor: Vector): number => {
  const weighted = samples.flatMap(({ advantage, weight }, moment) =>
    weight === 1 ? [advantage * factor[moment]] : [],
  );
  const centre = weighted.reduce((sum, value) => sum + value, 0) / weighted.length;
  return weighted.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (weighted.length - 1);
};

describe('an update equals its formulas in float64', () => {
  it('MAPPO, each agent by itself', async () => {
    const problem = await createProblem(apart);
    const expected = problem.theta.map((theta, agent) => practise(theta, problem.samples[agent]));
    await simultaneous(spec, problem.actors, { ...common, policy }).improve(problem.improvement);
    expectClose(await weightsOf(problem), expected);
    expect(Math.abs(expected[0][0] - problem.theta[0][0])).toBeGreaterThan(0.01);
  });

  it('MAPPO, a policy for both', async () => {
    const problem = await createProblem([[0, 1]]);
    const expected = practise(problem.theta[0], problem.samples.flat());
    await simultaneous(spec, problem.actors, { ...common, policy }).improve(problem.improvement);
    expectClose(await weightsOf(problem), [expected]);
  });

  it('MAPPO with advantages standardised over the team', async () => {
    const problem = await createProblem(apart);
    const all = standardised(problem.samples.flat());
    const parts = [all.slice(0, moments), all.slice(moments)];
    const expected = problem.theta.map((theta, agent) => practise(theta, parts[agent]));
    const options = { ...common, normaliseAdvantages: 'team', policy } as const;
    await simultaneous(spec, problem.actors, options).improve(problem.improvement);
    expectClose(await weightsOf(problem), expected);
  });

  it('HAPPO with advantages standardised for each agent by itself', async () => {
    const problem = await createProblem(apart);
    const [one, other] = problem.samples.map(standardised);
    const first = practise(problem.theta[0], one);
    const second = practise(problem.theta[1], other, { factor: ratiosOf(first, one) });
    const options = { ...common, normaliseAdvantages: 'agent', policy, factor: 'product' } as const;
    await happo(spec, problem.actors, options).improve(problem.improvement);
    expectClose(await weightsOf(problem), [first, second]);
  });

  it.each(['product', 'bounded'] as const)('HAPPO with the %s', async (factor) => {
    const problem = await createProblem(apart);
    const first = practise(problem.theta[0], problem.samples[0]);
    const ratios = ratiosOf(first, problem.samples[0]);
    const used = factor === 'bounded' ? ratios.map((ratio) => Math.min(1, ratio)) : ratios;
    const second = practise(problem.theta[1], problem.samples[1], { factor: used });
    await happo(spec, problem.actors, { ...common, policy, factor }).improve(problem.improvement);
    expectClose(await weightsOf(problem), [first, second]);
  });

  it.each(['product', 'bounded'] as const)('HAPPO with a policy for both and the %s', async (kind) => {
    const problem = await createProblem([[0, 1]]);
    const variances: number[] = [];
    const adam = createAdam(problem.theta[0].length, policy.learningRate, policy.maximumNorm);
    let theta = problem.theta[0];
    for (let epoch = 0; epoch < policy.epochs; epoch++) {
      let factor: Vector = Array(moments).fill(1);
      for (const [agent, samples] of problem.samples.entries()) {
        const own = kind === 'bounded' ? factor.map((value) => Math.min(1, value)) : factor;
        if (agent === 1) variances.push(varianceOf(samples, factor));
        theta = adam(
          theta,
          gradient((at) => ppoLoss(at, sizes, samples, { ...policy, factor: own }), theta),
        );
        const ratios = ratiosOf(theta, samples);
        factor = factor.map((value, moment) => value * ratios[moment]);
      }
    }
    const rule = interleaved(spec, problem.actors, {
      ...common,
      policy,
      factor: kind,
      factorTiming: 'round',
    });
    const { metrics } = await rule.improve(problem.improvement);
    expectClose(await weightsOf(problem), [theta]);
    // M began at 1 three times; what is reported is the mean over the updates of the second agent.
    const average = variances.reduce((sum, value) => sum + value, 0) / policy.epochs;
    expect(metrics['variance.product.2']).toBeCloseTo(average, 4);
    expect(variances[0]).not.toBeCloseTo(average, 3);
  });

  it.each(['round', 'epoch'] as const)('HAPPO with a policy for both, M once a %s', async (factorTiming) => {
    const problem = await createProblem([[0, 1]]);
    const halves = { ...policy, epochs: 2, minibatches: 2 };
    const adam = createAdam(problem.theta[0].length, policy.learningRate, policy.maximumNorm);
    const random = randomFrom(5);
    const { steps, copies } = problem.improvement.rollout;
    let theta = problem.theta[0];
    for (let epoch = 0; epoch < 2; epoch++) {
      const parts = [0, 1].map((agent) =>
        minibatchesOf(random, cutInto({ steps, length: 1, copies, team: 2, agents: [agent] }), 2, alone),
      );
      const kept: Vector[] = [];
      for (let round = 0; round < 2; round++) {
        let factor: Vector = Array(moments).fill(1);
        for (const [agent, samples] of problem.samples.entries()) {
          if (round === 0 || factorTiming === 'round') kept[agent] = factor;
          const chosen = [...parts[agent][round]];
          const part = chosen.map((moment) => samples[moment]);
          const own = chosen.map((moment) => kept[agent][moment]);
          theta = adam(
            theta,
            gradient((at) => ppoLoss(at, sizes, part, { ...policy, factor: own }), theta),
          );
          const ratios = ratiosOf(theta, samples);
          factor = factor.map((value, moment) => value * ratios[moment]);
        }
      }
    }
    const options = { ...common, policy: halves, factor: 'product', factorTiming } as const;
    await interleaved(spec, problem.actors, options).improve(problem.improvement);
    expectClose(await weightsOf(problem), [theta]);
  });

  it.each([
    [agentwise, 'normalised'],
    [agentwise, 'reward'],
    [epochwise, 'reward'],
  ] as const)('%o ranks agents by values that are %s', async (rule, scores) => {
    const problem = await createProblem(apart);
    const asked: string[] = [];
    const predictions = (units: string) => {
      asked.push(units);
      return new Float32Array(moments * 2).fill(1);
    };
    const trace = { clip: 1, lambdaPower: 1 } as const;
    const others = { othersClip: 0.05, adaptiveClip: true, blocks: 1, lambda: 0.95 };
    const options = { ...common, ...others, policy: { ...policy, epochs: 1 }, trace, scores };
    await rule(spec, problem.actors, options).improve({ ...problem.improvement, predictions });
    expect(asked).toEqual([scores]);
  });

  it.each([
    ['corrected', { clip: 1, lambdaPower: 1 } as const],
    ['as estimated', undefined],
  ] as const)('A2PO, agent by agent, advantages %s', async (_, trace) => {
    const problem = await createProblem(apart);
    const first = practise(problem.theta[0], problem.samples[0], { clip: 0.075 });
    const ratios = ratiosOf(first, problem.samples[0]);
    const others = ratios.map((ratio) => Math.min(1.05, Math.max(0.95, ratio)));
    const corrected = problem.samples[1].map((sample, moment) => ({
      ...sample,
      advantage: sample.advantage * (trace ? Math.min(1, ratios[moment]) : 1),
    }));
    const second = practise(problem.theta[1], corrected, { others });
    const rule = agentwise(spec, problem.actors, {
      ...common,
      policy,
      othersClip: 0.05,
      adaptiveClip: true,
      trace,
      scores: 'normalised',
      lambda: 0.95,
    });
    const { advantages } = await rule.improve(problem.improvement);
    expectClose(await weightsOf(problem), [first, second]);
    corrected.forEach(({ advantage }, moment) => {
      expect(advantages?.[moment * 2 + 1]).toBeCloseTo(advantage, 4);
    });
  });

  it('A2PO with a policy for both, in two blocks', async () => {
    const problem = await createProblem([[0, 1]]);
    const adam = createAdam(problem.theta[0].length, policy.learningRate, policy.maximumNorm);
    let theta = problem.theta[0];
    let current = problem.samples;
    const ratiosNow = () => problem.samples.map((samples) => ratiosOf(theta, samples));
    // Four epochs are two, for each agent learns once in the first and once in both blocks.
    for (let epoch = 0; epoch < 2; epoch++) {
      if (epoch > 0) {
        const [first, second] = ratiosNow();
        current = problem.samples.map((samples) =>
          samples.map((sample, moment) => ({
            ...sample,
            advantage: sample.advantage * Math.min(1, first[moment] * second[moment]),
          })),
        );
      }
      const far = ratiosNow().map((own) => own.map((ratio) => Math.abs(1 - ratio) + 1));
      const clipWeights = [0, 1].map((agent) =>
        far[1].reduce((sum, later, moment) => sum + 1 / (later * (agent === 0 ? far[0][moment] : 1)), 0),
      );
      const clips = clipWeights.map((weight) => (policy.clip * weight) / Math.max(...clipWeights));
      for (const block of [[0], [0, 1]]) {
        const ratios = ratiosNow();
        const near = (ratio: number) => Math.min(1.05, Math.max(0.95, ratio));
        const loss = {
          clip: block.flatMap((agent) => Array<number>(moments).fill(clips[agent])),
          entropy: policy.entropy,
          others: block.flatMap((agent) => ratios[1 - agent].map(near)),
        };
        const samples = block.flatMap((agent) => current[agent]);
        theta = adam(
          theta,
          gradient((at) => ppoLoss(at, sizes, samples, loss), theta),
        );
      }
    }
    const rule = epochwise(spec, problem.actors, {
      ...common,
      policy: { ...policy, epochs: 4 },
      othersClip: 0.05,
      scores: 'normalised',
      adaptiveClip: true,
      trace: { clip: 1, lambdaPower: 1 },
      lambda: 0.95,
      blocks: 2,
    });
    await rule.improve(problem.improvement);
    expectClose(await weightsOf(problem), [theta]);
  });

  it('CoPPO with a policy for both', async () => {
    const problem = await createProblem([[0, 1]]);
    const adam = createAdam(problem.theta[0].length, policy.learningRate, policy.maximumNorm);
    let theta = problem.theta[0];
    for (let epoch = 0; epoch < policy.epochs; epoch++) {
      const ratios = problem.samples.map((samples) => ratiosOf(theta, samples));
      const others = [1, 0].flatMap((other) =>
        ratios[other].map((ratio) => Math.min(1.05, Math.max(0.95, ratio))),
      );
      theta = adam(
        theta,
        gradient((at) => ppoLoss(at, sizes, problem.samples.flat(), { ...policy, others }), theta),
      );
    }
    await epochwise(spec, problem.actors, coppoOptions).improve(problem.improvement);
    expectClose(await weightsOf(problem), [theta]);
  });

  it('CoPPO', async () => {
    const problem = await createProblem(apart);
    let now = problem.theta;
    const adams = now.map((theta) => createAdam(theta.length, policy.learningRate, policy.maximumNorm));
    for (let epoch = 0; epoch < policy.epochs; epoch++) {
      const ratios = now.map((theta, agent) => ratiosOf(theta, problem.samples[agent]));
      now = now.map((theta, agent) => {
        const others = ratios[1 - agent].map((ratio) => Math.min(1.05, Math.max(0.95, ratio)));
        return adams[agent](
          theta,
          gradient((at) => ppoLoss(at, sizes, problem.samples[agent], { ...policy, others }), theta),
        );
      });
    }
    await epochwise(spec, problem.actors, coppoOptions).improve(problem.improvement);
    expectClose(await weightsOf(problem), now);
  });
});
