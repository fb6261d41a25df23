import {
  box,
  type Environment,
  EnvironmentError,
  type EnvironmentSpec,
  type VectorEnvironment,
  vectorize,
} from '@murmuration/core';
import { createCopy } from './copy';
import { engine } from './engine';
import { observationWidths } from './observe';
import type { Field } from './reading';
import type { Rules } from './rules';
import { figureOf } from './scene';
import { compile, Simulation } from './simulation';

/** Agents of one species move the same joints: of a single leg, say. Here each has its own. */
const specificationOf = (rules: Rules): EnvironmentSpec => {
  const { variant, body, agents, episodeLimit } = rules;
  const widths = observationWidths(rules);
  return {
    id: `mujoco/${variant}`,
    agents: agents.map((joints, agent) => ({
      id: `agent-${agent}`,
      species: `agent-${agent}`,
      observation: box([widths[agent]]),
      action: box([joints.length], -body.controlLimit, body.controlLimit),
    })),
    state: box([body.observation.length]),
    sharedReward: true,
    episodeLimit,
    agentsDie: false,
    metrics: [body.metric.name],
    nonStationary: false,
  };
};

/** Fields that somebody reads. */
export const sourcesOf = ({ body, observations }: Rules): Exclude<Field, 'extra'>[] => {
  const read = [...body.observation, ...observations.flat()].map(({ field }) => field);
  return [...new Set([...read, ...body.sources])].filter((field) => field !== 'extra');
};

/**
 * Copies of a body, each a simulation of its own, which share a model.
 * @throws EnvironmentError where `copies` is not a positive integer.
 */
export const createWorld = (rules: Rules, copies: number): VectorEnvironment => {
  if (!Number.isInteger(copies) || copies < 1) {
    const message = `mujoco/${rules.variant}: copies is ${copies}; give a positive integer`;
    throw new EnvironmentError('@murmuration/envs', message);
  }
  const running = engine();
  const spec = specificationOf(rules);
  const model = compile(running, rules.body.model);
  const sources = sourcesOf(rules);
  const forces = rules.contactForces && sources.includes('cfrc_ext');
  const figure = figureOf(model, rules);
  const simulations: Simulation[] = [];
  let disposed = false;
  const dispose = (): void => {
    for (const simulation of simulations.splice(0)) simulation.dispose();
    if (!disposed) model.delete();
    disposed = true;
  };
  const create = (): Environment => {
    const simulation = new Simulation(running, model, sources, rules.body.extra, forces);
    simulations.push(simulation);
    return createCopy(rules, spec, model, simulation, figure);
  };
  try {
    return { ...vectorize(create, copies), dispose };
  } catch (error) {
    // The engine has no memory for so many.
    dispose();
    throw error;
  }
};
