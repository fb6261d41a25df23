import { addNormal, addUniform, type Body, distanceAlong, effort, noExtra } from '../body';
import { type Category, chain, type Graph, type GraphNode, joint, originalRoots } from '../graph';
import { coupledHalfCheetahModel, halfCheetahModel } from '../models/halfCheetah';
import { pick, range } from '../reading';

const names = ['bthigh', 'bshin', 'bfoot', 'fthigh', 'fshin', 'ffoot'];
const timestep = 0.01;
const frameSkip = 5;
const stepTime = frameSkip * timestep;

const common = {
  ...{ frameSkip, timestep, controlLimit: 1 },
  episodeLimit: 1000,
  sources: ['qpos'],
  contactForces: false,
  look: 'side',
  reach: [1.5, 1.6],
  perturb(random, qpos, qvel) {
    addUniform(random, qpos, 0.1);
    addNormal(random, qvel, 0.1);
  },
} satisfies Partial<Body>;

/** From the back foot over the thighs to the front foot. */
const row = ([bthigh, bshin, bfoot, fthigh, fshin, ffoot]: readonly GraphNode[]): GraphNode[][] =>
  chain(bfoot, bshin, bthigh, fthigh, fshin, ffoot);

/** What everybody sees of a root: height, angle and all velocities, not how far it came. */
const rootOf = (suffix: string, first: number): GraphNode[] => {
  const x = joint(`root_x${suffix}`, -1, first, first, { readings: { qpos: [] } });
  const z = joint(`root_z${suffix}`, -1, first + 1, first + 1);
  const y = joint(`root_y${suffix}`, -1, first + 2, first + 2);
  return suffix === '' ? [x, z, y] : [x, y, z];
};

/**
 * HalfCheetah: run forward. Reward: velocity along x less 0.1 times the effort. Never terminates. Versions 2 to 5 agree.
 * Source: Gymnasium, `half_cheetah_v5.py`.
 * @param original whether the root is told as in multiagent_mujoco.
 */
export const halfCheetah = (original: boolean): Body => {
  const joints = names.map((name, index) => joint(name, index, 3 + index, 3 + index));
  const globals = original ? originalRoots(0, 2, 1) : rootOf('', 0);
  const graph: Graph = { joints, edges: row(joints), globals };
  return {
    ...common,
    model: halfCheetahModel(),
    actuators: 6,
    extra: noExtra,
    observation: [...range('qpos', 1, 8), ...range('qvel', 0, 9)],
    graph,
    localCategories: [['qpos', 'qvel'], ['qpos']],
    judge: (before, after, control) => ({
      reward: (after.qpos[0] - before.qpos[0]) / stepTime - 0.1 * effort(control),
      healthy: true,
    }),
    metric: distanceAlong(({ qpos }) => qpos[0]),
  };
};

/** Where the tendon's numbers stand in `extra`: four entries of its Jacobian, its length, its velocity. */
const tendon = {
  ten_J: range('extra', 0, 4),
  ten_length: range('extra', 4, 1),
  ten_velocity: range('extra', 5, 1),
};
const tendonCategories: readonly Category[] = ['qpos', 'qvel', 'ten_J', 'ten_length', 'ten_velocity'];
/** The Jacobian's entries at velocities 0, 1, 9 and 10, among those that are not 0: 0, 1, 2, 9, 10, 11. */
const jacobianEntries = [0, 1, 3, 4];

/**
 * Two HalfCheetahs tied together. Reward: the mean of what each would get. Never terminates.
 * Source: Gymnasium-Robotics, `coupled_half_cheetah.py`.
 * @param faithful whether agent 0 sees the joints of the second cheetah instead of its own, as in the original.
 */
export const coupledHalfCheetah = (faithful: boolean): Body => {
  const jointsOf = (cheetah: number): GraphNode[] =>
    names.map((name, index) => {
      const first = faithful || cheetah === 1 ? 12 : 3;
      const readings = name === 'bthigh' ? tendon : {};
      return joint(`${name}${cheetah}`, 6 * cheetah + index, first + index, first + index, { readings });
    });
  const [one, other] = [jointsOf(0), jointsOf(1)];
  return {
    ...common,
    model: coupledHalfCheetahModel(),
    look: 'oblique',
    reach: [2, 2.2],
    actuators: 12,
    extra: {
      width: 6,
      measure(view, into) {
        const jacobian = view('ten_J');
        jacobianEntries.forEach((entry, index) => {
          into[index] = jacobian[entry];
        });
        into[4] = view('ten_length')[0];
        into[5] = view('ten_velocity')[0];
      },
    },
    observation: [
      ...range('qpos', 1, 8),
      ...range('qpos', 10, 8),
      ...range('qvel', 0, 18),
      ...pick('extra', 0, 1, 2, 3, 4, 5),
    ],
    graph: {
      joints: [...one, ...other],
      edges: [...row(one), ...row(other)],
      globals: [...rootOf('0', 0), ...rootOf('1', 9)],
    },
    localCategories: [tendonCategories, ['qpos']],
    judge(before, after, control) {
      const velocity = (root: number): number => (after.qpos[root] - before.qpos[root]) / stepTime;
      const costs = 0.1 * effort(control, 0, 6) + 0.1 * effort(control, 6, 12);
      return { reward: (velocity(0) + velocity(9)) / 2 - costs / 2, healthy: true };
    },
    metric: distanceAlong(({ qpos }) => (qpos[0] + qpos[9]) / 2),
  };
};
