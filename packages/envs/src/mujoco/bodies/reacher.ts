import type { Random } from '@murmuration/core';
import { addUniform, type Body, effort } from '../body';
import { type GraphNode, joint, originalRoots } from '../graph';
import { reacherModel } from '../models/reacher';
import { pick, range, type Values } from '../reading';
import type { Version } from './ant';

/** The numbers of `extra`: cosines of both joints, their sines, from the target to the fingertip (x, y, z). */
const cosines = 0;
const sines = 2;
const tip = 4;
/** Bodies 3 and 4. */
const [fingertip, target] = [9, 12];

const distanceOf = ({ extra }: Values): number => Math.hypot(extra[tip], extra[tip + 1], extra[tip + 2]);

/** Draw a place in the disc of radius 0.2, as Gymnasium does: try again while it lies outside. */
const placeTarget = (random: Random, qpos: Float64Array): void => {
  do {
    qpos[2] = 0.4 * random.uniform() - 0.2;
    qpos[3] = 0.4 * random.uniform() - 0.2;
  } while (Math.hypot(qpos[2], qpos[3]) >= 0.2);
};

const armJoint = (index: number, more: GraphNode['readings']): GraphNode =>
  joint(`joint${index}`, index, index, index, {
    bodies: [1 + index, 2 + index],
    readings: { qpos: pick('extra', sines + index, cosines + index), ...more },
  });

/**
 * Reacher: two joints bring a fingertip to a target. Reward: minus the distance less the effort. Never terminates; 50 steps.
 * Source: Gymnasium, `reacher_v5.py`. Before v5 the distance is that before the step, and the observation holds the
 * difference along z, always 0.
 * @param original whether the target is told as in multiagent_mujoco: with its velocity.
 */
export const reacher = (version: Version, original: boolean): Body => {
  const joints = [armJoint(0, {}), armJoint(1, { fingertip_dist: range('extra', tip, 3) })];
  const place = (label: string, index: number): GraphNode =>
    joint(label, -1, index, index, { readings: { qvel: [] } });
  const globals = original ? originalRoots(2, 3) : [place('target_x', 2), place('target_y', 3)];
  return {
    model: reacherModel(),
    ...{ frameSkip: 2, timestep: 0.01, episodeLimit: 50, actuators: 2, controlLimit: 1 },
    sources: [],
    extra: {
      width: 7,
      measure(view, into) {
        const [qpos, xpos] = [view('qpos'), view('xpos')];
        for (let index = 0; index < 2; index++) {
          into[cosines + index] = Math.cos(qpos[index]);
          into[sines + index] = Math.sin(qpos[index]);
        }
        for (let axis = 0; axis < 3; axis++) into[tip + axis] = xpos[fingertip + axis] - xpos[target + axis];
      },
    },
    contactForces: false,
    look: 'table',
    reach: [0.3, 0.6],
    observation: [
      ...range('extra', cosines, 2),
      ...range('extra', sines, 2),
      ...range('qpos', 2, 2),
      ...range('qvel', 0, 2),
      ...range('extra', tip, version === 'v5' ? 2 : 3),
    ],
    graph: { joints, edges: [joints], globals },
    localCategories: [['qpos', 'qvel', 'fingertip_dist'], ['qpos']],
    perturb(random, qpos, qvel) {
      addUniform(random, qpos, 0.1);
      placeTarget(random, qpos);
      addUniform(random, qvel, 0.005);
      qvel.fill(0, 2);
    },
    judge: (before, after, control) => ({
      reward: -distanceOf(version === 'v5' ? after : before) - effort(control),
      healthy: true,
    }),
    metric: {
      name: 'distanceToTarget',
      track: distanceOf,
      measure: (_start, values) => distanceOf(values),
    },
  };
};
