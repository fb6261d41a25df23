import { body, capsule, hinge, loose, modelOf, slide } from './mjcf';

// Figures: Gymnasium's hopper.xml and walker2d_v5.xml (MIT, OpenAI and Farama), as facts; angles in degrees, lengths in
// metres. Both stand on the same legs and differ in their feet.

interface Foot {
  /** Where it stands below the shin, and where its joint is, along x. */
  readonly x: number;
  readonly half: number;
  readonly middle: number;
  readonly friction: number;
}

const axis = [0, -1, 0];
/** Of everything but the feet. */
const friction = 0.9;

const legOf = (suffix: string, foot: Foot): string =>
  body(
    `thigh${suffix}`,
    [0, 0, -0.2],
    hinge(`thigh${suffix}_joint`, axis, { range: [-150, 0] }),
    capsule(0.05, 0.225, { pos: [0, 0, -0.225], friction }),
    body(
      `leg${suffix}`,
      [0, 0, -0.7],
      hinge(`leg${suffix}_joint`, axis, { pos: [0, 0, 0.25], range: [-150, 0] }),
      capsule(0.04, 0.25, { friction }),
      body(
        `foot${suffix}`,
        [foot.x, 0, -0.35],
        hinge(`foot${suffix}_joint`, axis, { pos: [-foot.x, 0, 0.1], range: [-45, 45] }),
        capsule(0.06, foot.half, {
          pos: [foot.middle, 0, 0.1],
          quat: [Math.SQRT1_2, 0, -Math.SQRT1_2, 0],
          friction: foot.friction,
        }),
      ),
    ),
  );

const torso = (...legs: readonly string[]): string =>
  body(
    'torso',
    [0, 0, 1.25],
    slide('rootx', [1, 0, 0], { ...loose, pos: [0, 0, -1.25] }),
    slide('rootz', [0, 0, 1], { ...loose, pos: [0, 0, -1.25], ref: 1.25 }),
    hinge('rooty', [0, 1, 0], loose),
    capsule(0.05, 0.2, { friction }),
    ...legs,
  );

/** One leg that hops. Motors: thigh, leg, foot. */
export const hopperModel = (): string =>
  modelOf({
    angle: 'degree',
    option: { timestep: 0.002, integrator: 'RK4' },
    joint: { armature: 1, damping: 1, limited: true },
    geom: {
      contype: 1,
      conaffinity: 1,
      condim: 1,
      margin: 0.001,
      solimp: [0.8, 0.8, 0.01],
      solref: [0.02, 1],
    },
    floor: { condim: 3, size: [20, 20, 0.125] },
    bodies: [torso(legOf('', { x: 0.13, half: 0.195, middle: -0.065, friction: 2 }))],
    motors: ['thigh', 'leg', 'foot'].map((name) => [`${name}_joint`, 200] as const),
    memory: '256K',
  });

/**
 * Two legs that walk. Motors: thigh, leg, foot, then the same of the left leg.
 * @param rightFriction 1.9 since version 5 as on the left; 0.9 before.
 */
export const walkerModel = (rightFriction: number): string => {
  const foot = { x: 0.2, half: 0.1, middle: -0.1 };
  const names = ['', '_left'].flatMap((suffix) => ['thigh', 'leg', 'foot'].map((name) => `${name}${suffix}`));
  return modelOf({
    angle: 'degree',
    option: { timestep: 0.002, integrator: 'RK4' },
    joint: { armature: 0.01, damping: 0.1, limited: true },
    geom: { contype: 1, conaffinity: 0, condim: 3, density: 1000, friction: [0.7, 0.1, 0.1] },
    floor: { conaffinity: 1, condim: 3, size: [40, 40, 40] },
    bodies: [
      torso(legOf('', { ...foot, friction: rightFriction }), legOf('_left', { ...foot, friction: 1.9 })),
    ],
    motors: names.map((name) => [`${name}_joint`, 100] as const),
    memory: '256K',
  });
};
