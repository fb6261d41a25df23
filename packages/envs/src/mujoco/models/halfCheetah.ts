import { body, capsule, element, hinge, loose, modelOf, rod, slide } from './mjcf';

// Figures: Gymnasium's half_cheetah.xml (MIT, OpenAI and Farama), as facts; angles in radians, lengths in metres.

interface Limb {
  readonly name: string;
  readonly position: readonly [number, number];
  readonly range: readonly [number, number];
  readonly damping: number;
  readonly stiffness: number;
  readonly gear: number;
  /** The capsule: turned about y, its middle, its half length. */
  readonly turn: number;
  readonly middle: readonly [number, number];
  readonly half: number;
}

const limb = (
  name: string,
  position: Limb['position'],
  range: Limb['range'],
  [damping, stiffness, gear]: readonly [number, number, number],
  [turn, middle, half]: readonly [number, Limb['middle'], number],
): Limb => ({ name, position, range, damping, stiffness, gear, turn, middle, half });

/** Back leg, then front leg, each from the thigh down; places in the plane, x and z. */
const back = [
  limb('bthigh', [-0.5, 0], [-0.52, 1.05], [6, 240, 120], [-3.8, [0.1, -0.13], 0.145]),
  limb('bshin', [0.16, -0.25], [-0.785, 0.785], [4.5, 180, 90], [-2.03, [-0.14, -0.07], 0.15]),
  limb('bfoot', [-0.28, -0.14], [-0.4, 0.785], [3, 120, 60], [-0.27, [0.03, -0.097], 0.094]),
];
const front = [
  limb('fthigh', [0.5, 0], [-1, 0.7], [4.5, 180, 120], [0.52, [-0.07, -0.12], 0.133]),
  limb('fshin', [-0.14, -0.24], [-1.2, 0.87], [3, 120, 60], [-0.6, [0.065, -0.09], 0.106]),
  limb('ffoot', [0.13, -0.18], [-0.5, 0.5], [1.5, 60, 30], [-0.6, [0.045, -0.07], 0.07]),
];

const radius = 0.046;
const about = (angle: number): number[] => [0, 1, 0, angle];

const leg = ([upper, ...rest]: readonly Limb[], suffix: string): string =>
  body(
    `${upper.name}${suffix}`,
    [upper.position[0], 0, upper.position[1]],
    hinge(`${upper.name}${suffix}`, [0, 1, 0], {
      range: upper.range,
      damping: upper.damping,
      stiffness: upper.stiffness,
    }),
    capsule(radius, upper.half, {
      axisangle: about(upper.turn),
      pos: [upper.middle[0], 0, upper.middle[1]],
    }),
    ...(rest.length > 0 ? [leg(rest, suffix)] : []),
  );

const cheetah = (suffix: string, y: number, ...inner: readonly string[]): string =>
  body(
    `torso${suffix}`,
    [0, y, 0.7],
    ...inner,
    slide(`rootx${suffix}`, [1, 0, 0], loose),
    slide(`rootz${suffix}`, [0, 0, 1], loose),
    hinge(`rooty${suffix}`, [0, 1, 0], loose),
    rod([-0.5, 0, 0], [0.5, 0, 0], radius),
    capsule(radius, 0.15, { axisangle: about(0.87), pos: [0.6, 0, 0.1] }),
    leg(back, suffix),
    leg(front, suffix),
  );

const motorsOf = (suffix: string) =>
  [...back, ...front].map(({ name, gear }) => [`${name}${suffix}`, gear] as const);

const model = (
  cheetahs: readonly string[],
  suffixes: readonly string[],
  tendons: readonly string[] | undefined,
): string =>
  modelOf({
    angle: 'radian',
    compiler: { settotalmass: 14 },
    option: { timestep: 0.01 },
    joint: {
      armature: 0.1,
      damping: 0.01,
      limited: true,
      solimplimit: [0, 0.8, 0.03],
      solreflimit: [0.02, 1],
      stiffness: 8,
    },
    geom: {
      contype: 1,
      conaffinity: 0,
      condim: 3,
      friction: [0.4, 0.1, 0.1],
      solimp: [0, 0.8, 0.01],
      solref: [0.02, 1],
    },
    floor: { conaffinity: 1, size: [40, 40, 40] },
    bodies: cheetahs,
    tendons,
    motors: suffixes.flatMap(motorsOf),
    memory: '512K',
  });

/** A flat animal with two legs. Motors from the back thigh to the front foot. */
export const halfCheetahModel = (): string => model([cheetah('', 0)], [''], undefined);

/** Two of them side by side, tied by an elastic tendon between their torsos; 14 kg together. */
export const coupledHalfCheetahModel = (): string => {
  const site = (name: string): string => element('site', { name, size: 0.1 });
  const tendon = element(
    'spatial',
    { name: 'tendon', limited: true, range: [1.5, 3.5], stiffness: 0.1 },
    element('site', { site: 'site0' }),
    element('site', { site: 'site1' }),
  );
  return model([cheetah('0', -1, site('site0')), cheetah('1', 1, site('site1'))], ['0', '1'], [tendon]);
};
