import { body, hinge, modelOf, rod, slide, sphere } from './mjcf';

// Figures: Gymnasium's reacher.xml (MIT, OpenAI and Farama), as facts; angles in radians, lengths in metres.

const link = (): string => rod([0, 0, 0], [0.1, 0, 0], 0.01);

const target = (name: string, axis: readonly number[], at: number): string =>
  slide(name, axis, { armature: 0, damping: 0, stiffness: 0, limited: true, range: [-0.27, 0.27], ref: at });

/** An arm of two links on a table, and a target; nothing touches anything. */
export const reacherModel = (): string =>
  modelOf({
    angle: 'radian',
    option: { timestep: 0.01, integrator: 'RK4' },
    joint: { armature: 1, damping: 1, limited: true },
    geom: { contype: 0, friction: [1, 0.1, 0.1] },
    floor: { conaffinity: 0, contype: 0, size: [1, 1, 10] },
    bodies: [
      body(
        'body0',
        [0, 0, 0.01],
        link(),
        hinge('joint0', [0, 0, 1], { limited: false }),
        body(
          'body1',
          [0.1, 0, 0],
          hinge('joint1', [0, 0, 1], { range: [-3, 3] }),
          link(),
          body('fingertip', [0.11, 0, 0], sphere(0.01)),
        ),
      ),
      body(
        'target',
        [0.1, -0.1, 0.01],
        target('target_x', [1, 0, 0], 0.1),
        target('target_y', [0, 1, 0], -0.1),
        sphere(0.009),
      ),
    ],
    motors: [
      ['joint0', 200],
      ['joint1', 200],
    ],
    memory: '128K',
  });
