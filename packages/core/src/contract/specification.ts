import type { Environment, EnvironmentFactory, EnvironmentSpec, VectorEnvironment } from '../environment';
import { EnvironmentError } from '../errors';
import { boundOf, type Space, widthOf } from '../space';
import { during, fault } from './fault';

/** Up to here float32 tells whole numbers apart. */
const largestDiscrete = 2 ** 24;

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;

const spaceFault = (space: Space | undefined): string | undefined => {
  if (typeof space !== 'object' || space === null) return `is ${String(space)}; use discrete() or box()`;
  if (space.kind === 'discrete') {
    if (isCount(space.size) && space.size <= largestDiscrete) return undefined;
    return `has size ${space.size}; give a whole number from 1 to ${largestDiscrete}`;
  }
  if (space.kind !== 'box') return `is of kind ${String((space as Space).kind)}; use discrete() or box()`;
  if (!Array.isArray(space.shape) || !space.shape.every(isCount)) {
    return `has shape [${String(space.shape)}]; give positive whole numbers`;
  }
  for (const bound of [space.low, space.high]) {
    if (typeof bound !== 'number' && bound?.length !== widthOf(space)) {
      return `has ${bound?.length} bounds for ${widthOf(space)} entries; give one for each, or one number`;
    }
  }
  for (let entry = 0; entry < widthOf(space); entry++) {
    const [low, high] = [boundOf(space.low, entry), boundOf(space.high, entry)];
    if (!(low <= high)) return `is bounded by ${low} and ${high}; low must not be above high`;
  }
  return undefined;
};

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');

const specFault = (spec: EnvironmentSpec): string | undefined => {
  if (!Array.isArray(spec.agents) || spec.agents.length === 0)
    return 'spec.agents must list at least one agent';
  for (const [index, agent] of spec.agents.entries()) {
    if (!isNames([agent?.id, agent?.species]))
      return `agent ${index} needs an id and a species, both strings`;
    const problem = spaceFault(agent.observation);
    if (problem) return `the observation of agent ${agent.id} ${problem}`;
    const actionProblem = spaceFault(agent.action);
    if (actionProblem) return `the action of agent ${agent.id} ${actionProblem}`;
  }
  const ids = spec.agents.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) return `two agents have the id ${twice}; each needs its own`;
  const stateProblem = spaceFault(spec.state);
  if (stateProblem) return `the state ${stateProblem}`;
  for (const name of ['sharedReward', 'agentsDie', 'nonStationary'] as const) {
    if (typeof spec[name] !== 'boolean') return `spec.${name} is ${String(spec[name])}; give true or false`;
  }
  if (spec.episodeLimit !== undefined && !isCount(spec.episodeLimit)) {
    return `spec.episodeLimit is ${spec.episodeLimit}; give a number of steps, or leave it out`;
  }
  if (!isNames(spec.metrics) || new Set(spec.metrics).size < spec.metrics.length) {
    return 'spec.metrics must be a list of different names';
  }
  const reserved = spec.metrics.find((name) => name === 'return' || name === 'episodeLength');
  return reserved && `the metric ${reserved} is always reported; leave it out of spec.metrics`;
};

/**
 * Whether a factory makes a world at all: its spec, and the functions it must have.
 * @throws EnvironmentError that names the first thing that is missing or wrong.
 */
export const checkSpecification = (factory: EnvironmentFactory): void => {
  if (typeof factory !== 'function') {
    const message = `the environment factory is ${factory === null ? 'null' : `a ${typeof factory}`}; export a function that returns an environment`;
    throw new EnvironmentError('@murmuration/core', message);
  }
  const world = during('the environment', 'the factory', () =>
    factory({ copies: 1 }),
  ) as Partial<Environment> & Partial<VectorEnvironment>;
  const spec = world?.spec;
  if (typeof spec !== 'object' || spec === null) {
    const message = 'the environment factory returned no environment; return an object with a spec';
    throw new EnvironmentError('@murmuration/core', message);
  }
  if (typeof spec.id !== 'string' || spec.id === '') {
    const message = `spec.id is ${String(spec.id)}; give the world a name, such as "grid/3"`;
    throw new EnvironmentError('@murmuration/core', message);
  }
  const problem = specFault(spec);
  if (problem) throw fault(spec, problem);
  const always = ['reset', 'step', 'save', 'restore'] as const;
  const single = ['observe', 'state'] as const;
  for (const name of 'copies' in world ? always : [...always, ...single]) {
    if (typeof world[name] !== 'function')
      throw fault(spec, `there is no function ${name}; every world needs it`);
  }
  for (const name of ['draw', 'watch'] as const) {
    if (world[name] === undefined || typeof world[name] === 'function') continue;
    throw fault(spec, `${name} is a ${typeof world[name]}; give a function, or leave it out`);
  }
  if (!('copies' in world) && spec.metrics.length > 0 && typeof world.metrics !== 'function') {
    throw fault(spec, 'spec.metrics names metrics, but there is no function metrics that writes them');
  }
};
