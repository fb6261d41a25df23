import { ConfigurationError, nearestName, parseConfiguration } from '@murmuration/core';
import { nameIn } from '../variant';
import { ant, manySegmentAnt } from './bodies/ant';
import { coupledHalfCheetah, halfCheetah } from './bodies/halfCheetah';
import { humanoid } from './bodies/humanoid';
import { reacher } from './bodies/reacher';
import { manySegmentSwimmer, swimmer } from './bodies/swimmer';
import { hopper, walker2d } from './bodies/walkers';
import type { Body } from './body';
import { type GraphNode, observationOf } from './graph';
import { type MujocoOptions, optionsSchema } from './options';
import { agentsOf, bodyNames, manySegmented, partitionsOf, segmentsOf } from './partitions';
import type { Reading } from './reading';

/** What a world is played by: a body, who moves and sees what of it, and every option in force. */
export interface Rules extends MujocoOptions {
  /** `halfcheetah-2x3` and so on. */
  readonly variant: string;
  readonly body: Body;
  readonly episodeLimit: number;
  /** Joints of each agent in the order of its actions. */
  readonly agents: readonly (readonly GraphNode[])[];
  /** What each agent sees, where it sees locally. */
  readonly observations: readonly (readonly Reading[])[];
}

const refuse = (message: string): never => {
  throw new ConfigurationError('@murmuration/envs', message);
};

const makers: Record<string, (options: MujocoOptions, segments: number) => Body> = {
  reacher: ({ version, wrapper }) => reacher(version, wrapper === 'original'),
  halfcheetah: ({ wrapper }) => halfCheetah(wrapper === 'original'),
  ant: ({ version, wrapper }) => ant(version, wrapper === 'original'),
  hopper: ({ version, wrapper }) => hopper(version, wrapper === 'original'),
  walker2d: ({ version, wrapper }) => walker2d(version, wrapper === 'original'),
  swimmer: ({ wrapper }) => swimmer(wrapper === 'original'),
  humanoid: ({ version, faithful, wrapper }) => humanoid(version, faithful, wrapper === 'original'),
  'coupled-halfcheetah': ({ faithful, wrapper }) =>
    wrapper === 'original'
      ? refuse(
          'mujoco/coupled-halfcheetah-1p1: wrapper is "original", which gives both cheetahs the same motors and so cannot step; take v1',
        )
      : coupledHalfCheetah(faithful),
  'many-segment-swimmer': ({ wrapper }, segments) => manySegmentSwimmer(segments, wrapper === 'original'),
  'many-segment-ant': ({ version, faithful, wrapper }, segments) =>
    manySegmentAnt(version, segments, faithful, wrapper === 'original'),
};

export const variants: readonly string[] = bodyNames.flatMap((body) =>
  partitionsOf(body).map((partition) => `${body}-${partition}`),
);

/** Most segments of a body: what still fits the engine's memory, and more than anybody has used. */
const mostSegments = 50;

const split = (variant: string): { name: string; partition: string } => {
  const name = bodyNames
    .filter((body) => variant.startsWith(`${body}-`))
    .sort((one, other) => other.length - one.length)[0];
  // Humanoid's partition is called 9|8 in MaMuJoCo, which shells understand otherwise.
  const partition = name === undefined ? '' : variant.slice(name.length + 1).replace('|', '-');
  const unknown = `there is no environment mujoco/${variant}`;
  if (name !== undefined && name in manySegmented) {
    const segments = segmentsOf(partition);
    const count = segments ? segments.agents * segments.each : 0;
    if (count >= 2 && count <= mostSegments) return { name, partition };
    const example = `${name}-${partitionsOf(name)[0]}`;
    return refuse(
      `${unknown}; give agents by segments of each, 2 to ${mostSegments} segments in all, such as mujoco/${example}`,
    );
  }
  if (name !== undefined && partitionsOf(name).includes(partition)) return { name, partition };
  const near = nearestName(variant, variants);
  const list =
    name === undefined
      ? `bodies are ${bodyNames.join(', ')}`
      : `of ${name} there are ${partitionsOf(name).join(', ')}`;
  return refuse(`${unknown}; ${near ? `did you mean mujoco/${near}?` : list}`);
};

const localOf = (body: Body, options: MujocoOptions, own: readonly GraphNode[]): Reading[] =>
  observationOf(
    body.graph,
    own,
    options.depth,
    options.localCategories ?? body.localCategories,
    options.globalCategories ?? (options.wrapper === 'original' ? [] : ['qpos', 'qvel']),
  );

/** Refuse agents whose categories name only what their joints do not have. */
const checkSeen = (variant: string, observations: readonly (readonly Reading[])[]): void => {
  const blind = observations.findIndex((readings) => readings.length === 0);
  if (blind < 0) return;
  refuse(
    `mujoco/${variant}: agent-${blind} would see nothing; add what its joints have to localCategories, such as qpos`,
  );
};

/**
 * @throws ConfigurationError for a variant or an option that does not exist, a value out of range, or options that do not
 *   go together.
 */
export const rulesOf = (variant: string, given: unknown): Rules => {
  const { name, partition } = split(nameIn('mujoco', 'variant', variant, 'halfcheetah-2x3'));
  const options = parseConfiguration(`@murmuration/envs mujoco/${variant}`, optionsSchema, given);
  const segments = segmentsOf(partition);
  const body = makers[name](options, segments ? segments.agents * segments.each : 0);
  const agents = agentsOf(name, partition, body.graph, options.wrapper === 'original');
  const observations = agents.map((own) => localOf(body, options, own));
  if (options.observation === 'local') checkSeen(variant, observations);
  return {
    ...options,
    variant: `${name}-${partition}`,
    body,
    episodeLimit: options.episodeLimit ?? body.episodeLimit,
    agents,
    observations,
  };
};
