import {
  box,
  discrete,
  type Environment,
  type EnvironmentFamily,
  type EnvironmentSpec,
  parseConfiguration,
  type Random,
  stateArray,
  stateNumber,
} from '@murmuration/core';
import { z } from 'zod';
import { gridScene } from './gridScene';
import { numberIn } from './variant';

const optionsSchema = z.strictObject({
  task: z
    .enum(['goals', 'meet'])
    .default('goals')
    .describe('goals: each agent to a cell of its own; meet: all agents to one cell, whichever'),
  exits: z
    .boolean()
    .default(false)
    .describe(
      'whether an agent that reaches its goal leaves the grid; otherwise all must stand there at once',
    ),
  size: z.int().min(2).max(100).default(5).describe('cells along each side'),
  episodeLimit: z.int().min(1).max(10_000).default(25).describe('steps of an episode'),
});

const directSchema = optionsSchema
  .extend({ agents: z.int().min(2).max(50).describe('number of agents') })
  .superRefine(({ task, exits }, context) => {
    if (!exits || task === 'goals') return;
    const message = 'agents that meet have no goals to leave at: set task to goals';
    context.addIssue({ code: 'custom', path: ['exits'], message });
  });

export type GridOptions = z.infer<typeof directSchema>;
export type GridInput = z.input<typeof directSchema>;

/** What a step costs, so that short ways are better. */
const stepCost = 0.01;

/** Stay, up, down, left, right: columns and rows. */
const moves = [
  [0, 0],
  [0, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
] as const;

const specOf = ({ agents, task, exits, episodeLimit }: GridOptions): EnvironmentSpec => {
  const own = task === 'goals' ? 4 : 2;
  const observation = box([own + 3 * (agents - 1)], -1, 1);
  return {
    id: `grid/${agents}`,
    agents: Array.from({ length: agents }, (_, agent) => ({
      id: `walker-${agent}`,
      species: 'walker',
      observation,
      action: discrete(moves.length),
    })),
    state: box([(own + 1) * agents], 0, 1),
    sharedReward: true,
    episodeLimit,
    agentsDie: exits,
    metrics: ['success', 'reached'],
    nonStationary: false,
  };
};

/** Uniform over the cells other than `taken`. */
const otherCell = (cells: number, taken: number, random: Random): number =>
  (taken + 1 + random.integer(cells - 1)) % cells;

const make = (options: GridOptions): Environment => {
  const { agents, task, exits, size, episodeLimit } = options;
  const spec = specOf(options);
  /** Cells, `column + size * row`. */
  const places = new Int32Array(agents);
  const goals = new Int32Array(agents);
  const left = new Uint8Array(agents);
  let step = 0;

  const columnOf = (cell: number): number => cell % size;
  const rowOf = (cell: number): number => Math.floor(cell / size);
  const share = (cells: number): number => cells / (size - 1);

  const canMove = (agent: number, action: number): boolean => {
    const column = columnOf(places[agent]) + moves[action][0];
    const row = rowOf(places[agent]) + moves[action][1];
    return column >= 0 && column < size && row >= 0 && row < size;
  };

  /** How many agents are where they should be. */
  const reached = (): number => {
    let count = 0;
    for (let agent = 0; agent < agents; agent++) {
      if (left[agent] || places[agent] === (task === 'goals' ? goals[agent] : places[0])) count++;
    }
    return count;
  };

  const leave = (): number => {
    let leaving = 0;
    for (let agent = 0; agent < agents; agent++) {
      if (left[agent] || places[agent] !== goals[agent]) continue;
      left[agent] = 1;
      leaving++;
    }
    return leaving;
  };

  return {
    spec,
    reset(random) {
      const cells = size * size;
      for (let agent = 0; agent < agents; agent++) {
        goals[agent] = random.integer(cells);
        places[agent] = otherCell(cells, goals[agent], random);
      }
      // The last agent never starts where the first is, so that no episode begins at its end.
      if (task === 'meet') places[agents - 1] = otherCell(cells, places[0], random);
      left.fill(0);
      step = 0;
    },
    step(actions) {
      for (let agent = 0; agent < agents; agent++) {
        const action = actions[agent];
        if (left[agent] || !canMove(agent, action)) continue;
        places[agent] += moves[action][0] + size * moves[action][1];
      }
      step++;
      const leaving = exits ? leave() : 0;
      const terminated = reached() === agents;
      const gain = exits ? leaving / agents : terminated ? 1 : 0;
      return { reward: gain - stepCost, terminated, truncated: !terminated && step === episodeLimit };
    },
    observe(agent, observation) {
      if (left[agent]) return;
      const [column, row] = [columnOf(places[agent]), rowOf(places[agent])];
      let at = 0;
      const write = (value: number): void => {
        observation[at++] = value;
      };
      write(share(column));
      write(share(row));
      if (task === 'goals') {
        write(share(columnOf(goals[agent]) - column));
        write(share(rowOf(goals[agent]) - row));
      }
      for (let other = 0; other < agents; other++) {
        if (other === agent) continue;
        write(left[other] ? 0 : share(columnOf(places[other]) - column));
        write(left[other] ? 0 : share(rowOf(places[other]) - row));
        write(left[other] ? 0 : 1);
      }
    },
    state(state) {
      let at = 0;
      for (let agent = 0; agent < agents; agent++) {
        for (const cell of task === 'goals' ? [places[agent], goals[agent]] : [places[agent]]) {
          state[at++] = share(columnOf(cell));
          state[at++] = share(rowOf(cell));
        }
        state[at++] = left[agent] ? 0 : 1;
      }
    },
    availableActions(agent, available) {
      for (let action = 1; action < moves.length; action++) {
        if (left[agent] || !canMove(agent, action)) available[action] = 0;
      }
    },
    active: (agent) => left[agent] === 0,
    metrics(metrics) {
      const count = reached();
      metrics[0] = count === agents ? 1 : 0;
      metrics[1] = count / agents;
    },
    draw() {
      const shown = task === 'goals' ? goals : undefined;
      return gridScene({ size, places, goals: shown, left, step, reached: reached() });
    },
    save: () => ({ places: places.slice(), goals: goals.slice(), left: left.slice(), step }),
    restore(state) {
      places.set(stateArray(state, 'places', Int32Array, agents));
      goals.set(stateArray(state, 'goals', Int32Array, agents));
      left.set(stateArray(state, 'left', Uint8Array, agents));
      step = stateNumber(state, 'step');
    },
  };
};

/**
 * A small cooperative grid: walkers go to cells of their own, or meet. Our own, for first steps and for tests.
 *
 * Dynamics: walkers (and goals) start on random cells; each may stay, or go up, down, left or right unless the edge is
 * in the way (`availableActions`). They may share a cell. Deterministic but for the start.
 * Reward, shared: -0.01 a step, and 1 when all are where they should be; with `exits`, `1 / agents` for each that leaves.
 * Terminated then, truncated after `episodeLimit` steps.
 * Observation, box in [-1, 1]: own column and row, the way to the own goal (`goals`), then of every other walker the way
 * to it and 1 (zeros where it has left); all in units of `size - 1` cells. An agent that left is inactive and sees zeros.
 * State, box in [0, 1]: of every walker column and row, those of its goal (`goals`), and 1 unless it has left.
 * Metrics: `success`, 1 where all arrived; `reached`, the share of walkers that did (for `meet`: that stand where the
 * first one does).
 * @throws ConfigurationError for an option that does not exist, or out of range.
 */
export const grid = (options: GridInput): Environment =>
  make(parseConfiguration('@murmuration/envs grid', directSchema, options));

export const gridFamily: EnvironmentFamily<z.infer<typeof optionsSchema>> = {
  family: 'grid',
  summary: 'walkers on a small grid go to goals of their own, or meet',
  package: '@murmuration/envs',
  variants: ['2', '3', '4'],
  variantMeaning: 'number of agents, 2 to 50',
  options: optionsSchema,
  create(variant, options = {}) {
    const agents = numberIn('grid', variant, 'agents', 2, 50);
    const owner = `@murmuration/envs grid/${agents}`;
    const parsed = parseConfiguration(owner, optionsSchema, options);
    const whole = parseConfiguration(owner, directSchema, { ...parsed, agents });
    return () => make(whole);
  },
};
