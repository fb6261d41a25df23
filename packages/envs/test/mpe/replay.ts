import { expect } from 'vitest';
import { createControl } from '../../src/particle/controls';
import { createAdvance } from '../../src/particle/dynamics';
import { createParticles, type Particles } from '../../src/particle/particles';
import type { Rules } from '../../src/particle/rules';
import {
  type Edges,
  type Landing,
  type Parameters,
  place,
  rulesFor,
  type Trace,
  type Vectors,
} from './trace';

/** PettingZoo calculates in double precision, as we do. */
const exact = 1e-10;
/** JaxMARL in single precision: one step from its state, and a run of its own in which contacts amplify rounding. */
const single = 5e-6;
const drifting = 5e-4;

/** Numbers within a tolerance; null, NaN in the original, stands for any finite number. */
const near = (
  what: string,
  found: ArrayLike<number>,
  wanted: readonly (number | null)[],
  tolerance: number,
): void => {
  expect(found.length, `${what}: how many`).toBe(wanted.length);
  const worst = wanted.findIndex((value, index) =>
    value === null ? !Number.isFinite(found[index]) : !(Math.abs(found[index] - value) <= tolerance),
  );
  expect(worst, `${what}, entry ${worst}: ${found[worst]} instead of ${wanted[worst]}`).toBe(-1);
};

/** Mechanics of one copy, to be put anywhere. */
const createStage = (rules: Rules) => {
  const { task } = rules;
  const particles = createParticles(task, 1);
  const control = createControl(particles, rules.actions, rules.clips);
  const advance = createAdvance(particles);
  const agents = task.agents.length;
  const forces = [new Float64Array(agents), new Float64Array(agents)] as const;
  return {
    ...{ particles, task },
    act(actions: readonly (number | readonly number[])[]): void {
      actions.forEach((action, agent) => {
        control(0, agent, [action].flat() as number[], 0, ...forces);
      });
      advance(0, ...forces);
      particles.steps[0]++;
    },
    observation(agent: number): Float64Array {
      const into = new Float64Array(task.agents[agent].observationWidth);
      task.observe(particles, 0, agent, into, 0);
      return into;
    },
    rewards(): Float64Array {
      const into = new Float64Array(agents);
      task.reward(particles, 0, into, 0);
      return into;
    },
  };
};

type Stage = ReturnType<typeof createStage>;

const checkParameters = ({ task }: Rules, parameters: Parameters, several: boolean): void => {
  const { agents } = task;
  const speeds = agents.map(({ maximumSpeed }) => (maximumSpeed === Infinity ? -1 : maximumSpeed));
  expect(speeds).toEqual(parameters.max_speed.slice(0, agents.length));
  // The speaker's gain is written down, but it never moves.
  agents.forEach(({ acceleration }, agent) => {
    if (acceleration > 0) expect(acceleration).toBe(parameters.accel[agent]);
  });
  if (task.agentsCollide) {
    const landmarks = new Array<number>(task.landmarks).fill(task.landmarkRadius);
    expect([...agents.map(({ radius }) => radius), ...landmarks]).toEqual(parameters.rad);
  }
  if (!several) expect(agents.map(({ observationWidth }) => observationWidth)).toEqual(parameters.obs_size);
};

const checkPlaces = (particles: Particles, at: string, wanted: Landing, tolerance: number): void => {
  const { x, y, velocityX, velocityY, agents } = particles;
  const axis = (vectors: Landing['p_pos'], which: 0 | 1) => vectors.map((vector) => vector[which]);
  near(`${at}: x`, x.subarray(0, agents), axis(wanted.p_pos, 0), tolerance);
  near(`${at}: y`, y.subarray(0, agents), axis(wanted.p_pos, 1), tolerance);
  near(`${at}: velocity x`, velocityX.subarray(0, agents), axis(wanted.p_vel, 0), tolerance);
  near(`${at}: velocity y`, velocityY.subarray(0, agents), axis(wanted.p_vel, 1), tolerance);
};

const checkStep = (
  stage: Stage,
  at: string,
  wanted: Landing & { c?: Vectors | null },
  tolerance: number,
): void => {
  checkPlaces(stage.particles, at, wanted, tolerance);
  near(`${at}: rewards`, stage.rewards(), wanted.rew, tolerance);
  if (wanted.c) near(`${at}: messages`, stage.particles.messages, wanted.c.flat(), tolerance);
  wanted.obs?.forEach((observation, agent) => {
    near(`${at}: observation of ${agent}`, stage.observation(agent), observation, tolerance);
  });
};

/** A whole episode from its start, then step by step from the recorded states. */
export const checkTrace = (trace: Trace): void => {
  const { task, agents, params, variant, goal, landmark_pos, init, steps } = trace;
  const jax = trace.source.startsWith('JaxMARL');
  expect(jax || trace.source.startsWith('PettingZoo'), `who made it: ${trace.source}`).toBe(true);
  const rules = rulesFor(task, agents, params, { rules: jax ? 'jaxmarl' : 'pettingzoo', actions: variant });
  const several = rules.task.agents.filter(({ species }) => species === 'prey').length > 1;
  checkParameters(rules, params, several);
  const stage = createStage(rules);
  const from = (seen: Trace['init'], step: number): void =>
    place(stage.particles, {
      ...{ positions: [...seen.p_pos, ...landmark_pos], velocities: seen.p_vel, messages: seen.c },
      ...{ goal, step },
    });

  from(init, 0);
  init.obs.forEach((observation, agent) => {
    near(`start: observation of ${agent}`, stage.observation(agent), observation, jax ? single : exact);
  });
  steps.forEach((step, number) => {
    stage.act(step.a);
    checkStep(stage, `step ${number + 1}`, step, jax ? drifting : exact);
    const over = stage.particles.steps[0] >= rules.episodeLimit;
    expect(over, `step ${number + 1}: end`).toBe(step.done ?? step.trunc);
  });
  steps.forEach((step, number) => {
    from(number === 0 ? init : steps[number - 1], number);
    stage.act(step.a);
    checkStep(stage, `step ${number + 1} from the one before`, step, jax ? single : exact);
  });
};

/**
 * Single steps from places where something special happens, in both originals. With several prey JaxMARL's rewards and
 * observations are wrong (`rules`), and not asked for.
 */
export const checkEdges = ({ paramSets, cases }: Edges): void => {
  for (const [number, edge] of cases.entries()) {
    const { task, agents, goal, p_pos, p_vel, a } = edge;
    const parameters = paramSets[edge.params];
    const actions = a.some((each) => typeof each !== 'number') ? 'continuous' : 'discrete';
    for (const [rules, wanted, tolerance] of [
      ['pettingzoo', edge.pz, exact],
      ['jaxmarl', edge.jax, single],
    ] as const) {
      const at = `case ${number}, ${task} ${edge.kind}, ${rules}`;
      const options = rulesFor(task, agents, parameters, { rules, actions });
      const several = options.task.agents.filter(({ species }) => species === 'prey').length > 1;
      checkParameters(options, parameters, several);
      const stage = createStage(options);
      place(stage.particles, { positions: p_pos, velocities: p_vel, goal, step: 0 });
      stage.act(a);
      if (rules === 'jaxmarl' && several) checkPlaces(stage.particles, at, wanted, tolerance);
      else checkStep(stage, at, wanted, tolerance);
      const widths = options.task.agents.map(({ observationWidth }) => observationWidth);
      if (wanted.obs_len) expect(widths, at).toEqual(wanted.obs_len);
    }
  }
};
