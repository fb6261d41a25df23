import { addUniform, type Body, distanceAlong, effort, noExtra } from '../body';
import { chain, type Graph, joint } from '../graph';
import { manySegmentSwimmerModel, swimmerModel } from '../models/swimmer';
import { pick, range } from '../reading';

const swims = (model: string, graph: Graph, timestep: number): Body => {
  const joints = graph.joints.length;
  const frameSkip = 4;
  return {
    ...{ model, graph, timestep, frameSkip },
    episodeLimit: 1000,
    actuators: joints,
    controlLimit: 1,
    sources: ['qpos'],
    extra: noExtra,
    contactForces: false,
    look: 'top',
    reach: [1.5 + joints, 3 + joints],
    observation: [...range('qpos', 2, 1 + joints), ...range('qvel', 0, 3 + joints)],
    localCategories: [['qpos', 'qvel'], ['qpos']],
    perturb(random, qpos, qvel) {
      addUniform(random, qpos, 0.1);
      addUniform(random, qvel, 0.1);
    },
    judge: (before, after, control) => ({
      reward: (after.qpos[0] - before.qpos[0]) / (timestep * frameSkip) - 1e-4 * effort(control),
      healthy: true,
    }),
    metric: distanceAlong(({ qpos }) => qpos[0]),
  };
};

/**
 * Swimmer: three rods swim forward. Reward: velocity along x less 1e-4 times the effort. Never terminates. Versions 2 to 5
 * agree. Source: Gymnasium, `swimmer_v5.py`.
 * @param original whether nothing of the root can be seen, as in multiagent_mujoco.
 */
export const swimmer = (original: boolean): Body => {
  // In MaMuJoCo v1 each joint tells a velocity of the root with its own.
  const joints = [0, 1].map((index) =>
    joint(`rot${index + 2}`, index, 3 + index, 3 + index, {
      readings: original ? {} : { qvel: pick('qvel', index, 3 + index) },
    }),
  );
  const globals = original ? [] : [joint('free_body_rot', -1, 2, 2)];
  return swims(swimmerModel(), { joints, edges: chain(...joints), globals }, 0.01);
};

/**
 * Swimmer of a head and many segments; otherwise as Swimmer.
 * Source: Gymnasium-Robotics, `many_segment_swimmer.py`, or multiagent_mujoco (`original`: half the time step).
 */
export const manySegmentSwimmer = (segments: number, original: boolean): Body => {
  const joints = Array.from({ length: segments }, (_, index) =>
    joint(`rot${index}`, index, 3 + index, 3 + index),
  );
  const timestep = original ? 0.005 : 0.01;
  return swims(
    manySegmentSwimmerModel(segments, timestep),
    { joints, edges: chain(...joints), globals: [] },
    timestep,
  );
};
