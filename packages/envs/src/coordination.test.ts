import { type Environment, randomFrom, type State } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { coordination, coordinationFamily, coordinationGameOf } from './coordination';

const read = (world: Environment): { observation: number; state: number } => {
  const [observation, state] = [new Float32Array(1), new Float32Array(1)];
  world.observe(0, observation);
  world.state(state);
  return { observation: observation[0], state: state[0] };
};

const metricsOf = (world: Environment): number[] => {
  const metrics = new Float32Array(world.spec.metrics.length);
  world.metrics?.(metrics);
  return [...metrics];
};

/** Rewards and what is seen along one episode. */
const play = (world: Environment, stages: readonly number[][], random = randomFrom(0)) => {
  world.reset(random);
  return stages.map((actions) => {
    const { reward, terminated } = world.step(Float32Array.from(actions), random);
    return { reward: reward as number, terminated, ...read(world) };
  });
};

const strategies = (agents: number) => {
  const { first, second } = coordinationGameOf({ agents });
  const stage = (which: Uint8Array, at: number) => [...which.slice(at * agents, (at + 1) * agents)];
  return { first: [0, 1, 2].map((at) => stage(first, at)), second: [0, 1, 2].map((at) => stage(second, at)) };
};

describe('the task', () => {
  test('has the sizes of the paper', () => {
    const sizes = [3, 5, 7].map((agents) => coordination({ agents }).spec.state);
    expect(sizes).toEqual([65, 100, 100].map((size) => ({ kind: 'discrete', size })));
    const { spec } = coordination({ agents: 5 });
    expect(spec.id).toBe('coordination/5');
    expect(spec.agents.map(({ action }) => action)).toEqual(Array(5).fill({ kind: 'discrete', size: 3 }));
    expect(spec.agents[0].observation).toEqual({ kind: 'discrete', size: 4 });
    expect(coordination({ agents: 5, hub: false }).spec.agents[0].observation).toEqual(spec.state);
  });

  test('pays 300 for the optimum in every stage, whichever it is', () => {
    const { first, second } = strategies(3);
    const world = coordination({ agents: 3 });
    expect(play(world, [first[0], second[1], first[2]])).toEqual([
      { reward: 100, terminated: false, observation: 1, state: 1 },
      { reward: 100, terminated: false, observation: 2, state: 1 + 21 + 1 },
      { reward: 100, terminated: true, observation: 3, state: 1 + 42 },
    ]);
    expect(metricsOf(world)).toEqual([1, 0, 1, 1, 1]);
  });

  test('fines a mix of the optima, and pays little for anything else', () => {
    const world = coordination({ agents: 3, hub: false });
    // u = 111, 011, 222 and v = 222, 102, 101.
    expect(
      play(world, [
        [1, 1, 2],
        [0, 1, 1],
        [0, 0, 0],
      ]),
    ).toEqual([
      { reward: -200, terminated: false, observation: 3, state: 3 },
      { reward: 100, terminated: false, observation: 22, state: 22 },
      { reward: 0.8749315013817305, terminated: true, observation: 46, state: 46 },
    ]);
    expect(metricsOf(world)).toEqual([1 / 3, 1 / 3, 0, 1, 0].map(Math.fround));
  });

  test('starts from state 0, seen as stage 0', () => {
    const world = coordination({ agents: 3, hub: false });
    play(world, [[0, 0, 0]]);
    world.reset(randomFrom(0));
    expect(read(world)).toEqual({ observation: 0, state: 0 });
  });

  test('plays another game for another game seed', () => {
    const rewards = [0, 1, 2, 3].map((game) =>
      play(coordination({ agents: 3, game }), Array(3).fill([0, 0, 0])).map(({ reward }) => reward),
    );
    expect(new Set(rewards.map(String)).size).toBe(4);
  });
});

describe('noise', () => {
  test('shows another outcome of the same stage with the given probability, and counts the true one', () => {
    const world = coordination({ agents: 3, noise: { state: 0.25 } });
    const { first } = strategies(3);
    const random = randomFrom(5);
    const shown = new Map<number, number>();
    const episodes = 4000;
    for (let episode = 0; episode < episodes; episode++) {
      const [{ reward, state }] = play(world, first, random);
      expect(reward).toBe(100);
      expect(metricsOf(world)[0]).toBe(1);
      shown.set(state, (shown.get(state) ?? 0) + 1);
    }
    expect([...shown.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1));
    expect(shown.get(1)! / episodes).toBeCloseTo(0.75, 1);
    for (let state = 2; state <= 21; state++) expect(shown.get(state)! / episodes).toBeLessThan(0.025);
  });

  test('adds a normal number to the reward', () => {
    const world = coordination({ agents: 3, noise: { reward: 2 } });
    const random = randomFrom(6);
    const noise = Array.from(
      { length: 4000 },
      () => play(world, strategies(3).first, random)[0].reward - 100,
    );
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(Math.sqrt(variance)).toBeCloseTo(2, 0);
  });
});

describe('drift', () => {
  const rewardsOver = (world: Environment, actions: readonly number[][], episodes: number) =>
    Array.from({ length: episodes }, () => play(world, actions).reduce((sum, { reward }) => sum + reward, 0));

  test('soft: the optima pay 100 and 60 in turn', () => {
    const { first, second } = strategies(3);
    const world = coordination({ agents: 3, drift: { kind: 'soft', period: 6 } });
    expect(world.spec.nonStationary).toBe(true);
    expect(rewardsOver(world, first, 5)).toEqual([300, 300, 180, 180, 300]);
    const other = coordination({ agents: 3, drift: { kind: 'soft', period: 6 } });
    expect(rewardsOver(other, second, 5)).toEqual([180, 180, 300, 300, 180]);
  });

  test('hard: other strategies become optimal, and the clock is saved', () => {
    const { first } = strategies(3);
    const drift = { kind: 'hard', period: 6 } as const;
    const world = coordination({ agents: 3, drift });
    const returns = rewardsOver(world, first, 3);
    expect(returns.slice(0, 2)).toEqual([300, 300]);
    expect(returns[2]).toBeLessThan(300);
    const saved: State = world.save();
    const fresh = coordination({ agents: 3, drift });
    fresh.restore(saved);
    expect(rewardsOver(fresh, first, 1)).toEqual([returns[2]]);
  });

  test('is off by default', () => {
    expect(coordination({ agents: 3 }).spec.nonStationary).toBe(false);
    expect(rewardsOver(coordination({ agents: 3, drift: { period: 3 } }), strategies(3).first, 4)).toEqual([
      300, 300, 300, 300,
    ]);
  });
});

describe('what people get wrong', () => {
  const message = (make: () => unknown): string => {
    try {
      make();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('nothing was thrown');
  };

  test('is told in one line', () => {
    expect(message(() => coordinationFamily.create('0'))).toBe(
      'there is no environment coordination/0; give the number of agents, 2 to 100, for example coordination/3',
    );
    expect(message(() => coordinationFamily.create('3', { hubs: false }))).toBe(
      '@murmuration/envs coordination/3: there is no option hubs; did you mean hub?',
    );
    expect(message(() => coordinationFamily.create('3', { noise: { state: 2 } }))).toContain(
      'coordination/3: noise.state is 2; ',
    );
    expect(message(() => coordination({ agents: 1 }))).toContain('agents is 1; ');
    const needed =
      '@murmuration/envs coordination/40: partialCredit is true; each count of agents needs an outcome of its own: set outcomes to 43 or more';
    expect(message(() => coordination({ agents: 40, partialCredit: true }))).toBe(needed);
    expect(message(() => coordinationFamily.create('40', { partialCredit: true }))).toBe(needed);
  });
});
