import { body, hinge, modelOf, rod, slide } from './mjcf';

// Figures: Gymnasium's swimmer.xml (MIT, OpenAI and Farama) and, for more segments, those of Gymnasium-Robotics and of
// multiagent_mujoco, as facts; angles in degrees, lengths in metres.

const free = { limited: false } as const;
const bends = { limited: true, range: [-100, 100] };

const modelWith = (body0: string, motors: readonly string[], timestep: number): string =>
  modelOf({
    angle: 'degree',
    option: { timestep, integrator: 'RK4', density: 4000, viscosity: 0.1 },
    joint: { armature: 0.1 },
    geom: { contype: 0, conaffinity: 0, condim: 1 },
    floor: { condim: 3, pos: [0, 0, -0.1], size: [40, 40, 0.1] },
    bodies: [body0],
    motors: motors.map((name) => [name, 150] as const),
    memory: '256K',
  });

const head = (rotation: string, ...inner: readonly string[]): string =>
  body(
    'torso',
    [0, 0, 0],
    rod([1.5, 0, 0], [0.5, 0, 0], 0.1, { density: 1000 }),
    slide('slider1', [1, 0, 0], free),
    slide('slider2', [0, 1, 0], free),
    hinge(rotation, [0, 0, 1], free),
    ...inner,
  );

const segment = (
  name: string,
  x: number,
  joint: string,
  direction: number,
  ...inner: readonly string[]
): string =>
  body(
    name,
    [x, 0, 0],
    rod([0, 0, 0], [-1, 0, 0], 0.1, { density: 1000 }),
    hinge(joint, [0, 0, direction], bends),
    ...inner,
  );

/** Three rods in a thick fluid. Motors: the two joints from the head on. */
export const swimmerModel = (): string =>
  modelWith(
    head('free_body_rot', segment('mid', 0.5, 'motor1_rot', 1, segment('back', -1, 'motor2_rot', 1))),
    ['motor1_rot', 'motor2_rot'],
    0.01,
  );

/**
 * A head and so many segments, each with a motor. Joints between turn in alternating directions.
 * @param segments at least 2.
 */
export const manySegmentSwimmerModel = (segments: number, timestep: number): string => {
  let tail = segment('back', -1, `rot${segments - 1}`, 1);
  for (let index = segments - 2; index >= 1; index--) {
    tail = segment(`mid${index}`, -1, `rot${index}`, index % 2 === 1 ? 1 : -1, tail);
  }
  const motors = Array.from({ length: segments }, (_, index) => `rot${index}`);
  return modelWith(head('rot', segment('mid0', 0.5, 'rot0', 1, tail)), motors, timestep);
};
