import { body, element, hinge, modelOf, rod, sphere } from './mjcf';

// Figures: Gymnasium's ant.xml (MIT, OpenAI and Farama) and, for more segments, those of Gymnasium-Robotics, as facts;
// angles in degrees, lengths in metres.

interface Leg {
  readonly name: string;
  /** From the torso to the hip, and from there outwards; the foot is twice as far. */
  readonly stub: readonly [number, number];
  readonly out: readonly [number, number];
  readonly ankleAxis: readonly [number, number];
  readonly ankleRange: readonly [number, number];
}

const radius = 0.08;
const flat = ([x, y]: readonly [number, number], scale = 1): number[] => [scale * x, scale * y, 0];

/** A leg that begins in the middle of the torso. Its joints are `hip` and `ankle` with the suffix. */
const legOf = ({ name, stub, out, ankleAxis, ankleRange }: Leg, suffix: string): string =>
  body(
    `${name}${suffix}`,
    [0, 0, 0],
    rod([0, 0, 0], flat(stub), radius),
    body(
      `aux_${name}${suffix}`,
      flat(stub),
      hinge(`hip${suffix}`, [0, 0, 1], { range: [-30, 30] }),
      rod([0, 0, 0], flat(out), radius),
      body(
        `foot_${name}${suffix}`,
        flat(out),
        hinge(`ankle${suffix}`, [...ankleAxis, 0], { range: ankleRange }),
        rod([0, 0, 0], flat(out, 2), radius),
      ),
    ),
  );

const diagonal = (name: string, x: number, y: number): Leg => {
  // Feet on the left front and right back bend the other way round.
  const crossed = x * y < 0;
  return {
    name,
    stub: [0.2 * x, 0.2 * y],
    out: [0.2 * x, 0.2 * y],
    ankleAxis: crossed ? [1, 1] : [-1, 1],
    ankleRange: name === 'front_left' || name === 'right_back' ? [30, 70] : [-70, -30],
  };
};

const legs = [
  diagonal('front_left', 1, 1),
  diagonal('front_right', -1, 1),
  diagonal('back', -1, -1),
  diagonal('right_back', 1, -1),
];

const root = (): string =>
  element('joint', { name: 'root', type: 'free', armature: 0, damping: 0, limited: false, margin: 0.01 });

const modelWith = (torso: string, joints: readonly string[], timestep: number, memory: string): string =>
  modelOf({
    angle: 'degree',
    option: { timestep, integrator: 'RK4' },
    joint: { armature: 1, damping: 1, limited: true },
    geom: { conaffinity: 0, condim: 3, density: 5, friction: [1, 0.5, 0.5], margin: 0.01 },
    floor: { conaffinity: 1, size: [40, 40, 40] },
    bodies: [torso],
    motors: joints.map((joint) => [joint, 150] as const),
    memory,
  });

/** A ball on four legs. Motors begin with the fourth leg: hip4, ankle4, hip1, ankle1, … */
export const antModel = (): string =>
  modelWith(
    body(
      'torso',
      [0, 0, 0.75],
      sphere(0.25),
      root(),
      ...legs.map((leg, index) => legOf(leg, `${index + 1}`)),
    ),
    [4, 1, 2, 3].flatMap((leg) => [`hip${leg}`, `ankle${leg}`]),
    0.01,
    '512K',
  );

const firstSegment = [legs[0], legs[3]];
const laterSegment: Leg[] = [
  {
    name: 'front_right',
    stub: [0, 0.2],
    out: [-0.2, 0.2],
    ankleAxis: [1, 1],
    ankleRange: [-70, -30],
  },
  { name: 'back', stub: [0, -0.2], out: [-0.2, -0.2], ankleAxis: [-1, 1], ankleRange: [-70, -30] },
];

/** Torsos in a row, tied rigidly, each with two legs. Motors by segment: hip1, ankle1, hip2, ankle2. */
export const manySegmentAntModel = (segments: number, timestep: number): string => {
  const legsOf = (pair: readonly Leg[], segment: number): string[] =>
    pair.map((leg, index) => legOf(leg, `${index + 1}_${segment}`));
  let rest: string[] = [];
  for (let segment = segments - 1; segment >= 1; segment--) {
    const spine = rod([1, 0, 0], [0, 0, 0], 0.1, { density: 100 });
    rest = [body(`torso_${segment}`, [-1, 0, 0], spine, ...legsOf(laterSegment, segment), ...rest)];
  }
  const joints = Array.from({ length: segments }, (_, segment) =>
    [1, 2].flatMap((leg) => [`hip${leg}_${segment}`, `ankle${leg}_${segment}`]),
  );
  const first = body('torso_0', [0, 0, 0.75], root(), ...legsOf(firstSegment, 0), ...rest);
  return modelWith(first, joints.flat(), timestep, `${512 + 128 * segments + 2 * segments ** 2}K`);
};
