import { addUniform, type Body, distanceAlong, effort } from '../body';
import { type Graph, type GraphNode, joint } from '../graph';
import { humanoidModel } from '../models/humanoid';
import { type Reading, range, type Values } from '../reading';
import type { Extra } from '../simulation';
import type { Version } from './ant';

const bodies = 14;
const velocities = 23;
const stepTime = 0.015;

/** Bodies by number; 0 is the world. */
const [torso, waist, pelvis] = [1, 2, 3];
const legBodies = { right: [4, 5, 6], left: [7, 8, 9] };
const armBodies = { right: [10, 11], left: [12, 13] };

const observationOf = (version: Version): Reading[] => {
  // v5 leaves out the world, and the root, which has no motor.
  const [world, root] = version === 'v5' ? [1, 6] : [0, 0];
  return [
    ...range('qpos', 2, 22),
    ...range('qvel', 0, velocities),
    ...range('cinert', 10 * world, 10 * (bodies - world)),
    ...range('cvel', 6 * world, 6 * (bodies - world)),
    ...range('qfrc_actuator', root, velocities - root),
    ...range('cfrc_ext', 6 * world, 6 * (bodies - world)),
  ];
};

/** Joints in the order of the engine, from position 7 and velocity 6 on. */
const order = [
  ...['abdomen_z', 'abdomen_y', 'abdomen_x'],
  ...['right', 'left'].flatMap((side) =>
    ['hip_x', 'hip_z', 'hip_y', 'knee'].map((name) => `${side}_${name}`),
  ),
  ...['right', 'left'].flatMap((side) =>
    ['shoulder1', 'shoulder2', 'elbow'].map((name) => `${side}_${name}`),
  ),
];

const bodiesOf = (name: string): number[] => {
  const side = name.startsWith('left') ? 'left' : 'right';
  const [thigh, shin, foot] = legBodies[side];
  const [upper, lower] = armBodies[side];
  if (name === 'abdomen_x') return [pelvis, legBodies.right[0], legBodies.left[0]];
  if (name.startsWith('abdomen')) return [torso, waist, pelvis];
  if (name.includes('hip')) return [thigh, shin];
  if (name.includes('knee')) return [shin, foot];
  return name.includes('elbow') ? [lower] : [torso, upper, lower];
};

const graphOf = (faithful: boolean, original: boolean): Graph => {
  // Motors have y before z; MaMuJoCo v1 takes the joints to stand in the same order, which shows each of the two the
  // other's angle.
  const motors = ['abdomen_y', 'abdomen_z', ...order.slice(2)];
  const joints = motors.map((name, action) => {
    const place = faithful && !original ? action : order.indexOf(name);
    return joint(name, action, 7 + place, 6 + place, { bodies: original ? [] : bodiesOf(name) });
  });
  const named = (...names: readonly string[]): GraphNode[] =>
    names.map((name) => joints[motors.indexOf(name)]);
  const abdomen = named('abdomen_x', 'abdomen_y', 'abdomen_z');
  const sides = ['right', 'left'].map((side) => ({
    hips: named(`${side}_hip_x`, `${side}_hip_y`, `${side}_hip_z`),
    knee: named(`${side}_knee`),
    shoulders: named(`${side}_shoulder1`, `${side}_shoulder2`),
    elbow: named(`${side}_elbow`),
  }));
  const edges = [
    abdomen,
    ...sides.flatMap(({ hips, knee, shoulders, elbow }) => [
      hips,
      [...elbow, ...shoulders],
      [...knee, ...hips],
      [...shoulders, ...abdomen],
      [...abdomen, ...hips],
    ]),
  ];
  const root: GraphNode = {
    ...{ label: 'root', action: -1, bodies: [] },
    readings: { qpos: range('qpos', 2, 5), qvel: range('qvel', 0, 6), qfrc_actuator: [] },
  };
  return { joints, edges, globals: original ? [] : [root] };
};

/** Where the centre of mass is along x. */
const centreOfMass: Extra = {
  width: 1,
  measure(view, into, masses) {
    const places = view('xipos');
    let [sum, weight] = [0, 0];
    for (let each = 0; each < masses.length; each++) {
      sum += masses[each] * places[3 * each];
      weight += masses[each];
    }
    into[0] = sum / weight;
  },
};

const forceCost = (version: Version, { cfrc_ext }: Values): number =>
  version === 'v4' ? 0 : Math.min(10, 5e-7 * effort(cfrc_ext));

/**
 * Humanoid: walk upright. Reward: 1.25 times the velocity of the centre of mass along x, 5 for health, less 0.1 times the
 * effort and (not in v4) 5e-7 times the squared contact forces, at most 10. Terminates where the torso is not between 1 and 2 m.
 * Source: Gymnasium, `humanoid_v5.py`.
 * @param faithful whether the waist is told crosswise, as in MaMuJoCo v1.
 * @param original whether agents see only joints, nothing of bodies and of the root, as in multiagent_mujoco.
 */
export const humanoid = (version: Version, faithful: boolean, original: boolean): Body => ({
  model: humanoidModel(),
  ...{ frameSkip: 5, timestep: 0.003, episodeLimit: 1000, actuators: 17, controlLimit: 0.4 },
  sources: ['qpos', 'cfrc_ext'],
  extra: centreOfMass,
  contactForces: true,
  look: 'oblique',
  reach: [1.2, 2],
  observation: observationOf(version),
  graph: graphOf(faithful, original),
  localCategories: [['qpos', 'qvel', 'cinert', 'cvel', 'qfrc_actuator', 'cfrc_ext'], ['qpos']],
  perturb(random, qpos, qvel) {
    addUniform(random, qpos, 0.01);
    addUniform(random, qvel, 0.01);
  },
  judge(before, after, control) {
    const healthy = after.qpos[2] > 1 && after.qpos[2] < 2;
    const velocity = (after.extra[0] - before.extra[0]) / stepTime;
    const bonus = healthy || version !== 'v5' ? 5 : 0;
    return { reward: 1.25 * velocity + bonus - 0.1 * effort(control) - forceCost(version, after), healthy };
  },
  metric: distanceAlong(({ extra }) => extra[0]),
});
