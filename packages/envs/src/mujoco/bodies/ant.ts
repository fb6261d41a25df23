import { addNormal, addUniform, type Body, distanceAlong, effort } from '../body';
import { type Graph, type GraphNode, joint, originalRoots } from '../graph';
import { antModel, manySegmentAntModel } from '../models/ant';
import { type Reading, range, type Values } from '../reading';
import type { Extra } from '../simulation';

export type Version = 'v2' | 'v4' | 'v5';

/** Where the torso, body 1, is along x. */
const torsoPlace: Extra = {
  width: 1,
  measure(view, into) {
    into[0] = view('xpos')[3];
  },
};

/** Contact forces within ± this are seen, and paid for. */
const forceLimit = 1;

const squaredForces = ({ cfrc_ext }: Values): number => {
  let sum = 0;
  for (let index = 0; index < cfrc_ext.length; index++) {
    const force = Math.max(-forceLimit, Math.min(forceLimit, cfrc_ext[index]));
    sum += force * force;
  }
  return sum;
};

const isHealthy = ({ qpos, qvel }: Values): boolean =>
  qpos.every(Number.isFinite) && qvel.every(Number.isFinite) && qpos[2] >= 0.2 && qpos[2] <= 1;

interface Shape {
  readonly model: string;
  readonly joints: number;
  /** With the world. */
  readonly bodies: number;
  readonly timestep: number;
  readonly frameSkip: number;
  readonly graph: Graph;
}

const observationOf = (version: Version, { joints, bodies }: Shape): Reading[] => {
  const moves = [...range('qpos', 2, 5 + joints), ...range('qvel', 0, 6 + joints)];
  if (version === 'v4') return moves;
  const first = version === 'v5' ? 1 : 0;
  return [...moves, ...range('cfrc_ext', 6 * first, 6 * (bodies - first), forceLimit)];
};

/** Gymnasium, `ant_v5.py` and `ant_v4.py`; Gym, `ant.py` (v2). */
const antLike = (version: Version, shape: Shape): Body => {
  const stepTime = shape.timestep * shape.frameSkip;
  const forceCost = version === 'v4' ? 0 : 5e-4;
  return {
    ...shape,
    episodeLimit: 1000,
    actuators: shape.joints,
    controlLimit: 1,
    sources: ['qpos', 'qvel', 'cfrc_ext'],
    extra: torsoPlace,
    contactForces: true,
    look: 'oblique',
    reach: [1.4 + shape.joints / 8, 2],
    observation: observationOf(version, shape),
    localCategories: [['qpos', 'qvel', 'cfrc_ext'], ['qpos']],
    perturb(random, qpos, qvel) {
      addUniform(random, qpos, 0.1);
      addNormal(random, qvel, 0.1);
    },
    judge(before, after, control) {
      const healthy = isHealthy(after);
      const velocity = (after.extra[0] - before.extra[0]) / stepTime;
      // Before v5 even the step that ends the episode pays for health.
      const bonus = healthy || version !== 'v5' ? 1 : 0;
      const costs = 0.5 * effort(control) + (forceCost === 0 ? 0 : forceCost * squaredForces(after));
      return { reward: velocity + bonus - costs, healthy };
    },
    metric: distanceAlong(({ extra }) => extra[0]),
  };
};

/** What everybody sees: the torso, not where it stands. */
const rootOf = (more: GraphNode['readings'] = {}): GraphNode =>
  joint('root', -1, 0, 0, { readings: { qpos: range('qpos', 2, 5), qvel: range('qvel', 0, 6), ...more } });

const antGraph = (original: boolean): Graph => {
  const legs = [0, 1, 2, 3].map((leg) => {
    const first = 2 + 3 * leg;
    // Motors begin with the fourth leg.
    const action = (2 * leg + 2) % 8;
    const number = leg + 1;
    const [qpos, qvel] = [7 + 2 * leg, 6 + 2 * leg];
    const hip = joint(`hip${number}`, action, qpos, qvel, { bodies: [1, first], bodyLimit: forceLimit });
    const ankle = joint(`ankle${number}`, action + 1, qpos + 1, qvel + 1, {
      bodies: [first, first + 1, first + 2],
      bodyLimit: forceLimit,
    });
    return [hip, ankle];
  });
  const joints = [3, 0, 1, 2].flatMap((leg) => legs[leg]);
  const globals = original ? originalRoots(0) : [rootOf()];
  return { joints, edges: [...legs, legs.map(([hip]) => hip)], globals };
};

/**
 * Ant: four legs walk forward. Reward: velocity along x, 1 for health, less half the effort and 5e-4 times the squared
 * contact forces (not in v4). Terminates where the torso is below 0.2 or above 1 m, or anything is not finite.
 * @param original whether the root is told as in multiagent_mujoco.
 */
export const ant = (version: Version, original: boolean): Body =>
  antLike(version, {
    ...{ model: antModel(), joints: 8, bodies: 14, timestep: 0.01, frameSkip: 5 },
    graph: antGraph(original),
  });

interface Segment {
  readonly hip1: GraphNode;
  readonly ankle1: GraphNode;
  readonly hip2: GraphNode;
  readonly ankle2: GraphNode;
}

const segmentOf = (segment: number, segments: number, faithful: boolean): Segment => {
  const torso = 1 + 7 * segment;
  // The original counts joints from the end, but with the wrong sign for all segments but the last, and its motors
  // begin with the other leg.
  const [qpos, qvel] = faithful
    ? [0, 0].map((_, index) => {
        const back = -4 + 4 * (segments - 1 - segment);
        const size = (index === 0 ? 7 : 6) + 4 * segments;
        return back < 0 ? size + back : back;
      })
    : [7 + 4 * segment, 6 + 4 * segment];
  const [first, second] = faithful ? [2, 0] : [0, 2];
  const at = (label: string, action: number, offset: number, bodies: readonly number[]): GraphNode => {
    const place = (start: number, size: number): number => (start + offset) % size;
    const more = { bodies, bodyLimit: forceLimit };
    const name = `${label}_${segment}`;
    return joint(
      name,
      4 * segment + action,
      place(qpos, 7 + 4 * segments),
      place(qvel, 6 + 4 * segments),
      more,
    );
  };
  return {
    hip1: at('hip1', first, 0, [torso, torso + 1]),
    ankle1: at('ankle1', first + 1, 1, [torso + 1, torso + 2, torso + 3]),
    hip2: at('hip2', second, 2, [torso, torso + 4]),
    ankle2: at('ankle2', second + 1, 3, [torso + 4, torso + 5, torso + 6]),
  };
};

const manySegmentGraph = (segments: number, faithful: boolean, original: boolean): Graph => {
  const all = Array.from({ length: segments }, (_, segment) => segmentOf(segment, segments, faithful));
  const edges = all.flatMap(({ hip1, ankle1, hip2, ankle2 }, segment) => {
    const own = [
      [ankle1, hip1],
      [ankle2, hip2],
      [hip1, hip2],
    ];
    if (segment === 0) return own;
    const before = all[segment - 1];
    // The original links copies of the hips before, which are nobody's joints: they are seen, but lead nowhere.
    const link = faithful ? [{ ...before.hip1 }, { ...before.hip2 }] : [before.hip1, before.hip2];
    return [...own, [...link, hip1, hip2]];
  });
  const joints = all.flatMap(({ hip1, ankle1, hip2, ankle2 }) => [hip1, ankle1, hip2, ankle2]);
  // Unlike Ant's, this root tells the forces on the world.
  const globals = original ? originalRoots(0) : [rootOf({ cfrc_ext: range('cfrc_ext', 0, 6, forceLimit) })];
  return { joints, edges, globals };
};

/**
 * Ant of many segments with two legs each; otherwise as Ant.
 * Source: Gymnasium-Robotics, `many_segment_ant.py`, or multiagent_mujoco (`original`: half the time step, v2 rewards).
 */
export const manySegmentAnt = (
  version: Version,
  segments: number,
  faithful: boolean,
  original: boolean,
): Body => {
  const timestep = original ? 0.005 : 0.01;
  return antLike(original ? 'v2' : version, {
    ...{ model: manySegmentAntModel(segments, timestep), timestep, frameSkip: original ? 4 : 5 },
    ...{ joints: 4 * segments, bodies: 1 + 7 * segments },
    graph: manySegmentGraph(segments, faithful, original),
  });
};
