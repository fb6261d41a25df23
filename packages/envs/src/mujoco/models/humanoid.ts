import { body, element, hinge, modelOf, rod, sphere } from './mjcf';

// Figures: Gymnasium's humanoid.xml (MIT, OpenAI and Farama), as facts; angles in degrees, lengths in metres.

type Side = 'right' | 'left';
type Point = readonly [number, number, number];

/** A joint: axis, armature, damping, stiffness, range. */
const bend = (
  name: string,
  axis: Point,
  range: readonly [number, number],
  armature: number,
  damping: number | undefined,
  stiffness: number | undefined,
  pos?: Point,
): string => hinge(name, axis, { range, armature, damping, stiffness, pos });

/** Sides mirror each other along y, but not in all of their figures. */
const legOf = (side: Side): string => {
  const out = side === 'right' ? -1 : 1;
  return body(
    `${side}_thigh`,
    [0, 0.1 * out, -0.04],
    bend(`${side}_hip_x`, [-out, 0, 0], [-25, 5], 0.01, 5, 10),
    bend(`${side}_hip_z`, [0, 0, -out], [-60, 35], 0.01, 5, 10),
    bend(`${side}_hip_y`, [0, 1, 0], [-110, 20], side === 'right' ? 0.008 : 0.01, 5, 20),
    rod([0, 0, 0], [0, -0.01 * out, -0.34], 0.06),
    body(
      `${side}_shin`,
      [0, -0.01 * out, -0.403],
      bend(
        `${side}_knee`,
        [0, -1, 0],
        [-160, -2],
        0.006,
        undefined,
        side === 'left' ? 1 : undefined,
        [0, 0, 0.02],
      ),
      rod([0, 0, 0], [0, 0, -0.3], 0.049),
      body(`${side}_foot`, [0, 0, -0.45], sphere(0.075, { pos: [0, 0, 0.1] })),
    ),
  );
};

const armOf = (side: Side): string => {
  const out = side === 'right' ? -1 : 1;
  const range = side === 'right' ? ([-85, 60] as const) : ([-60, 85] as const);
  return body(
    `${side}_upper_arm`,
    [0, 0.17 * out, 0.06],
    bend(`${side}_shoulder1`, [2, -out, 1], range, 0.0068, undefined, 1),
    bend(`${side}_shoulder2`, [0, out, 1], range, 0.0051, undefined, 1),
    rod([0, 0, 0], [0.16, 0.16 * out, -0.16], 0.04),
    body(
      `${side}_lower_arm`,
      [0.18, 0.18 * out, -0.18],
      bend(`${side}_elbow`, [0, -1, -out], [-90, 50], 0.0028, undefined, 0),
      rod([0.01, -0.01 * out, 0.01], [0.17, -0.17 * out, 0.17], 0.031),
      sphere(0.04, { pos: [0.18, -0.18 * out, 0.18] }),
    ),
  );
};

/** Slightly bent forward. */
const leaning = [1, 0, -0.002, 0];

const trunk = (): string =>
  body(
    'torso',
    [0, 0, 1.4],
    element('joint', { name: 'root', type: 'free', armature: 0, damping: 0, limited: false }),
    rod([0, -0.07, 0], [0, 0.07, 0], 0.07),
    sphere(0.09, { pos: [0, 0, 0.19] }),
    rod([-0.01, -0.06, -0.12], [-0.01, 0.06, -0.12], 0.06),
    element(
      'body',
      { name: 'lwaist', pos: [-0.01, 0, -0.26], quat: leaning },
      rod([0, -0.06, 0], [0, 0.06, 0], 0.06),
      bend('abdomen_z', [0, 0, 1], [-45, 45], 0.02, 5, 20, [0, 0, 0.065]),
      bend('abdomen_y', [0, 1, 0], [-75, 30], 0.02, 5, 10, [0, 0, 0.065]),
      element(
        'body',
        { name: 'pelvis', pos: [0, 0, -0.165], quat: leaning },
        bend('abdomen_x', [1, 0, 0], [-35, 35], 0.02, 5, 10, [0, 0, 0.1]),
        rod([-0.02, -0.07, 0], [-0.02, 0.07, 0], 0.09),
        legOf('right'),
        legOf('left'),
      ),
    ),
    armOf('right'),
    armOf('left'),
  );

const legMotors = (side: Side): [string, number][] => [
  [`${side}_hip_x`, 100],
  [`${side}_hip_z`, 100],
  [`${side}_hip_y`, 300],
  [`${side}_knee`, 200],
];

const armMotors = (side: Side): [string, number][] =>
  ['shoulder1', 'shoulder2', 'elbow'].map((name) => [`${side}_${name}`, 25]);

/** A body with 17 motors: abdomen y, z, x; right leg, left leg (hip x, z, y, knee); right arm, left arm. */
export const humanoidModel = (): string =>
  modelOf({
    angle: 'degree',
    option: { timestep: 0.003, integrator: 'RK4', solver: 'PGS', iterations: 50 },
    joint: { armature: 1, damping: 1, limited: true },
    geom: { contype: 1, conaffinity: 1, condim: 1, margin: 0.001 },
    motor: { ctrlrange: [-0.4, 0.4] },
    floor: { condim: 3, friction: [1, 0.1, 0.1], size: [20, 20, 0.125] },
    bodies: [trunk()],
    motors: [
      ['abdomen_y', 100],
      ['abdomen_z', 100],
      ['abdomen_x', 100],
      ...legMotors('right'),
      ...legMotors('left'),
      ...armMotors('right'),
      ...armMotors('left'),
    ],
    memory: '1M',
  });
