import { addUniform, type Body, distanceAlong, effort, noExtra } from '../body';
import { chain, type Graph, type GraphNode, joint, originalRoots } from '../graph';
import { hopperModel, walkerModel } from '../models/walkers';
import { range, type Values } from '../reading';
import type { Version } from './ant';

/** Velocities in the observation of the whole body lie within ± this. */
const velocityLimit = 10;
const stepTime = 0.008;

/** What everybody sees of the root: height, angle and all velocities. @param limit of the velocities */
const rootOf = (limit: number | undefined): GraphNode[] => {
  const at = (label: string, index: number, readings: GraphNode['readings']): GraphNode =>
    joint(label, -1, index, index, { readings: { ...readings, qvel: range('qvel', index, 1, limit) } });
  return [at('root_x', 0, { qpos: [] }), at('root_z', 1, {}), at('root_y', 2, {})];
};

const walker = (
  version: Version,
  model: string,
  graph: Graph,
  isHealthy: (values: Values) => boolean,
): Body => {
  const joints = graph.joints.length;
  return {
    ...{ model, graph, frameSkip: 4, timestep: 0.002 },
    episodeLimit: 1000,
    actuators: joints,
    controlLimit: 1,
    sources: ['qpos', 'qvel'],
    extra: noExtra,
    contactForces: false,
    look: 'side',
    reach: [1.2, 2],
    observation: [...range('qpos', 1, 2 + joints), ...range('qvel', 0, 3 + joints, velocityLimit)],
    localCategories: [['qpos', 'qvel'], ['qpos']],
    perturb(random, qpos, qvel) {
      addUniform(random, qpos, 0.005);
      addUniform(random, qvel, 0.005);
    },
    judge(before, after, control) {
      const healthy = isHealthy(after);
      const velocity = (after.qpos[0] - before.qpos[0]) / stepTime;
      // Before v5 even the step that ends the episode pays for health.
      const bonus = healthy || version !== 'v5' ? 1 : 0;
      return { reward: velocity + bonus - 1e-3 * effort(control), healthy };
    },
    metric: distanceAlong(({ qpos }) => qpos[0]),
  };
};

/**
 * Hopper: one leg hops forward. Reward: velocity along x, 1 for health, less 1e-3 times the effort. Terminates where the
 * torso is not above 0.7 m, leans by 0.2 or more, or any position or velocity but the place is 100 or more.
 * Source: Gymnasium, `hopper_v5.py`.
 * @param original whether the root is told as in multiagent_mujoco.
 */
export const hopper = (version: Version, original: boolean): Body => {
  const joints = ['thigh', 'leg', 'foot'].map((name, index) =>
    joint(name, index, 3 + index, 3 + index, {
      readings: { qvel: range('qvel', 3 + index, 1, velocityLimit) },
    }),
  );
  const globals = original ? originalRoots(0, 2, 1) : rootOf(velocityLimit);
  const graph = { joints, edges: chain(...joints), globals };
  const moderate = (value: number): boolean => value > -100 && value < 100;
  return walker(
    version,
    hopperModel(),
    graph,
    ({ qpos, qvel }) =>
      qpos[1] > 0.7 && Math.abs(qpos[2]) < 0.2 && qpos.subarray(2).every(moderate) && qvel.every(moderate),
  );
};

/**
 * Walker2d: two legs walk forward. Reward as Hopper. Terminates where the torso is not between 0.8 and 2 m or leans by 1 or
 * more. Source: Gymnasium, `walker2d_v5.py`; before v5 the right foot has less grip than the left.
 * @param original whether nothing of the root can be seen by all, as in multiagent_mujoco.
 */
export const walker2d = (version: Version, original: boolean): Body => {
  const names = ['thigh', 'leg', 'foot', 'thigh_left', 'leg_left', 'foot_left'];
  const joints = names.map((name, index) => joint(name, index, 3 + index, 3 + index));
  const [thigh, leg, foot, thighLeft, legLeft, footLeft] = joints;
  const edges = [...chain(foot, leg, thigh), ...chain(footLeft, legLeft, thighLeft), [thigh, thighLeft]];
  const graph = { joints, edges, globals: original ? [] : rootOf(undefined) };
  return walker(
    version,
    walkerModel(version === 'v5' ? 1.9 : 0.9),
    graph,
    ({ qpos }) => qpos[1] > 0.8 && qpos[1] < 2 && Math.abs(qpos[2]) < 1,
  );
};
