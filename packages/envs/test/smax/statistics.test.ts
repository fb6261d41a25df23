import { createActions, createFrame, ended, layoutOf, type Random, randomFrom } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { smax } from '../../src/smax/smax';

type Player = 'random' | 'scripted';

/** What the original code came to: episodes, shares of wins, losses and draws, return (with its deviation), length, allies and enemies left. */
type Row = readonly [number, number, number, number, readonly [number, number], number, number, number];

/** Measured on the original code with seed 0; `random` chooses uniformly among available actions. */
const table: Readonly<Record<string, Readonly<Record<Player, Row>>>> = {
  '3m': {
    random: [1024, 0, 1, 0, [0.177, 0.095], 17.9, 0, 3],
    scripted: [1024, 0.526, 0.452, 0.022, [1.438, 0.597], 13.9, 0.7, 0.64],
  },
  '8m': {
    random: [1024, 0, 1, 0, [0.179, 0.056], 21, 0, 7.97],
    scripted: [1024, 0.491, 0.507, 0.002, [1.404, 0.589], 17.4, 1.14, 1.15],
  },
  '25m': {
    random: [256, 0, 1, 0, [0.211, 0.036], 24.9, 0, 24.6],
    scripted: [256, 0.473, 0.523, 0.004, [1.394, 0.577], 22.6, 2.27, 2.69],
  },
  '2s3z': {
    random: [1024, 0, 0.99, 0, [0.207, 0.074], 53.8, 0.01, 5],
    scripted: [1024, 0.482, 0.481, 0, [1.398, 0.586], 71.5, 0.97, 0.96],
  },
  '3s5z': {
    random: [1024, 0, 0.982, 0, [0.2, 0.06], 54.7, 0.02, 7.99],
    scripted: [1024, 0.408, 0.438, 0, [1.326, 0.564], 82.1, 1.16, 1.22],
  },
  '5m_vs_6m': {
    random: [1024, 0, 1, 0, [0.142, 0.057], 18.4, 0, 5.99],
    scripted: [1024, 0, 1, 0, [0.572, 0.088], 12.5, 0, 3.4],
  },
  '10m_vs_11m': {
    random: [1024, 0, 1, 0, [0.165, 0.044], 21.2, 0, 10.98],
    scripted: [1024, 0.027, 0.972, 0.001, [0.733, 0.233], 15.9, 0.05, 4.23],
  },
  '27m_vs_30m': {
    random: [256, 0, 1, 0, [0.194, 0.031], 24.3, 0, 29.6],
    scripted: [256, 0.004, 0.996, 0, [0.715, 0.108], 19.2, 0.01, 10.2],
  },
  '3s_vs_5z': {
    random: [1024, 0, 0.994, 0, [0.222, 0.084], 42.9, 0.01, 4.99],
    scripted: [1024, 0, 1, 0, [0.3, 0.024], 32.2, 0, 4.16],
  },
  '6h_vs_8z': {
    random: [1024, 0, 0.997, 0, [0.327, 0.078], 35.9, 0, 7.98],
    scripted: [1024, 0, 1, 0, [0.622, 0.042], 27.5, 0, 4.45],
  },
  '3s5z_vs_3s6z': {
    random: [1024, 0, 0.992, 0, [0.175, 0.05], 51.2, 0.01, 8.99],
    scripted: [1024, 0, 1, 0, [0.62, 0.056], 56.2, 0, 4.86],
  },
  smacv2_5_units: {
    random: [1024, 0.001, 0.989, 0, [0.261, 0.184], 36, 0.01, 4.62],
    scripted: [1024, 0.48, 0.511, 0.004, [1.335, 0.652], 35.6, 1.47, 1.54],
  },
  smacv2_10_units: {
    random: [1024, 0.001, 0.991, 0, [0.284, 0.185], 37.3, 0.01, 8.99],
    scripted: [1024, 0.49, 0.505, 0, [1.353, 0.648], 40.3, 2.42, 2.37],
  },
  smacv2_20_units: {
    random: [256, 0, 0.992, 0, [0.327, 0.198], 36.9, 0.01, 17.1],
    scripted: [256, 0.527, 0.473, 0, [1.402, 0.643], 44.8, 4.37, 3.74],
  },
};

/** Shares of wins, losses and draws, return, length, allies and enemies left, of each episode: as in a {@link Row}. */
const play = (scenario: string, player: Player, copies: number, episodes: number): number[][] => {
  const world = smax({ scenario, copies });
  const { actionCount, agents } = layoutOf(world.spec);
  const frame = createFrame(world.spec, copies);
  const actions = createActions(world.spec, copies);
  const random = randomFrom(2, scenario, player);
  const found: number[][] = [];
  const running = new Float64Array(copies);
  const lengths = new Int32Array(copies);
  // Each copy plays its share: whoever ends first is not counted more often.
  const left = new Int32Array(copies).fill(episodes / copies);
  world.reset(random.split(), frame);
  while (found.length < episodes) {
    if (player === 'scripted') world.scriptedActions(random, actions);
    else drawAvailable(frame.availableActions, actionCount, random, actions);
    world.step(actions, frame);
    for (let copy = 0; copy < copies; copy++) {
      running[copy] += frame.rewards[copy * agents];
      lengths[copy]++;
      if (!ended(frame, copy)) continue;
      const [win, loss, draw, allies, enemies] = frame.metrics.subarray(5 * copy, 5 * copy + 5);
      if (left[copy]-- > 0) found.push([win, loss, draw, running[copy], lengths[copy], allies, enemies]);
      running[copy] = 0;
      lengths[copy] = 0;
    }
  }
  return found;
};

const drawAvailable = (available: Uint8Array, count: number, random: Random, actions: Float32Array): void => {
  for (let row = 0; row < actions.length; row++) {
    let open = 0;
    for (let action = 0; action < count; action++) open += available[row * count + action];
    let nth = random.integer(open);
    let action = 0;
    while (available[row * count + action] === 0 || nth-- > 0) action++;
    actions[row] = action;
  }
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const variance = (values: readonly number[]): number => {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
};

const names = ['wins', 'losses', 'draws', 'return', 'length', 'allies left', 'enemies left'] as const;
/** Half of the last digit that the table shows. */
const roundings = [5e-4, 5e-4, 5e-4, 5e-4, 0.05, 0.005, 0.05];

describe('statistics of the original', () => {
  const cases = Object.keys(table).flatMap((scenario) => [
    [scenario, 'random'] as const,
    [scenario, 'scripted'] as const,
  ]);
  test.each(cases)('%s with %s allies', (scenario, player) => {
    const [theirs, win, loss, draw, [total, deviation], ...rest] = table[scenario][player];
    const big = theirs === 256;
    const ours = big ? 128 : 512;
    const found = play(scenario, player, big ? 32 : 128, ours);
    for (const [column, wanted] of [win, loss, draw, total, ...rest].entries()) {
      const values = found.map((row) => row[column]);
      const own = variance(values);
      const others = column < 3 ? wanted * (1 - wanted) : column === 3 ? deviation ** 2 : own;
      // A share of nearly 0 or 1 shows no variance: count one more episode on either side.
      const rare = column < 3 ? 1 / ours + 1 / theirs : 0;
      const allowed = 4 * Math.sqrt(own / ours + others / theirs) + rare + roundings[column];
      const difference = Math.abs(mean(values) - wanted);
      expect(difference, `${names[column]}: ${mean(values)} instead of ${wanted}`).toBeLessThanOrEqual(
        allowed,
      );
    }
  });
});
