import {
  box,
  createSpectators,
  EnvironmentError,
  type EnvironmentSpec,
  layoutOf,
  type Random,
  randomFrom,
  type State,
  stateTree,
  type VectorEnvironment,
} from '@murmuration/core';
import { actionSpaceOf, createControl } from './controls';
import { createAdvance } from './dynamics';
import { createParticles, type Particles, restoreParticles, saveParticles } from './particles';
import type { Rules } from './rules';
import { sceneOf } from './scene';
import { start } from './start';
import { joinObservations, stateWidthOf, writeCompact } from './worldState';

/** Many copies of a particle world, stepping in one structure of arrays. */
export interface ParticleEnvironment extends VectorEnvironment {
  /** Where everything is in every copy now: to look at, and to draw. */
  readonly particles: Particles;
}

const specificationOf = ({ task, actions, state, episodeLimit }: Rules): EnvironmentSpec => ({
  id: `mpe/${task.name}`,
  agents: task.agents.map((agent) => ({
    id: agent.id,
    species: agent.species,
    observation: box([agent.observationWidth]),
    action: actionSpaceOf(task, agent, actions),
  })),
  state: box([stateWidthOf(task, state)]),
  sharedReward: task.sharedReward,
  episodeLimit,
  agentsDie: false,
  metrics: task.metrics,
  nonStationary: false,
});

/** Writes the observations and the state of one copy. */
type Show = (copy: number, observations: Float32Array, state: Float32Array) => void;

const createShow = (particles: Particles, rules: Rules, spec: EnvironmentSpec): Show => {
  const { task } = rules;
  const { agents, observationWidth, stateWidth } = layoutOf(spec);
  return (copy, observations, state) => {
    for (let agent = 0; agent < agents; agent++) {
      task.observe(particles, copy, agent, observations, (copy * agents + agent) * observationWidth);
    }
    const at = copy * stateWidth;
    if (rules.state === 'compact') writeCompact(particles, copy, state, at);
    else joinObservations(task, observations, copy * agents * observationWidth, observationWidth, state, at);
  };
};

/** Writes what never changes: nobody dies, and every action can always be taken. */
type ShowMasks = (copy: number, available: Uint8Array, active: Uint8Array) => void;

const createShowMasks = (spec: EnvironmentSpec): ShowMasks => {
  const { agents, actionCount } = layoutOf(spec);
  const masks = new Uint8Array(agents * actionCount);
  spec.agents.forEach(({ action }, agent) => {
    const at = agent * actionCount;
    // Agents with fewer actions than the row has room for leave the rest at 0.
    if (action.kind === 'discrete') masks.fill(1, at, at + action.size);
  });
  return (copy, available, active) => {
    available.set(masks, copy * masks.length);
    active.fill(1, copy * agents, (copy + 1) * agents);
  };
};

/** @throws EnvironmentError where `copies` is not a positive integer. */
export const createWorld = (rules: Rules, copies: number): ParticleEnvironment => {
  const { task } = rules;
  if (!Number.isInteger(copies) || copies < 1) {
    const message = `mpe/${task.name}: copies is ${copies}; give a positive integer`;
    throw new EnvironmentError('@murmuration/envs', message);
  }
  const particles = createParticles(task, copies);
  const spec = specificationOf(rules);
  const { agents, actionWidth, metrics } = layoutOf(spec);
  const control = createControl(particles, rules.actions, rules.clips);
  const advance = createAdvance(particles);
  const show = createShow(particles, rules, spec);
  const showMasks = createShowMasks(spec);
  const spectators = createSpectators(copies, (copy) => sceneOf(particles, copy));
  const streams: Random[] = Array.from({ length: copies }, () => randomFrom(0));
  const [forceX, forceY] = [new Float64Array(agents), new Float64Array(agents)];

  const act = (copy: number, actions: Float32Array): void => {
    for (let agent = 0; agent < agents; agent++) {
      control(copy, agent, actions, (copy * agents + agent) * actionWidth, forceX, forceY);
    }
    advance(copy, forceX, forceY);
    particles.steps[copy]++;
  };

  return {
    ...{ spec, copies, particles },
    reset(random, frame) {
      for (let copy = 0; copy < copies; copy++) {
        streams[copy] = random.split();
        start(particles, copy, streams[copy]);
        spectators.show(copy, true);
        show(copy, frame.observations, frame.state);
        showMasks(copy, frame.availableActions, frame.active);
      }
      frame.started.fill(1);
      frame.rewards.fill(0);
      frame.terminated.fill(0);
      frame.truncated.fill(0);
    },
    step(actions, frame) {
      for (let copy = 0; copy < copies; copy++) {
        act(copy, actions);
        task.reward(particles, copy, frame.rewards, copy * agents);
        const over = particles.steps[copy] >= rules.episodeLimit;
        spectators.show(copy, false);
        if (over) {
          show(copy, frame.finalObservations, frame.finalState);
          showMasks(copy, frame.finalAvailableActions, frame.finalActive);
          task.measure(particles, copy, frame.metrics, copy * metrics);
          start(particles, copy, streams[copy]);
          spectators.show(copy, true);
        }
        frame.terminated[copy] = 0;
        frame.truncated[copy] = over ? 1 : 0;
        frame.started[copy] = over ? 1 : 0;
        show(copy, frame.observations, frame.state);
        showMasks(copy, frame.availableActions, frame.active);
      }
    },
    save: (): State =>
      Object.fromEntries(
        streams.map((random, copy) => [
          `copy${copy}`,
          { particles: saveParticles(particles, copy), random: random.save() },
        ]),
      ),
    restore(state) {
      streams.forEach((random, copy) => {
        const own = stateTree(state, `copy${copy}`);
        restoreParticles(particles, copy, stateTree(own, 'particles'));
        random.restore(stateTree(own, 'random'));
      });
    },
    watch: spectators.watch,
  };
};
