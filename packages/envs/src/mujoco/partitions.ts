import type { Graph, GraphNode } from './graph';

/** Which joints each agent moves, by the label of the joint, in the order of its actions. */
type Partition = readonly (readonly string[])[];

const alone = (labels: readonly string[]): Partition => labels.map((label) => [label]);

const leg = (number: number): string[] => [`hip${number}`, `ankle${number}`];
const legs = (...groups: readonly (readonly number[])[]): Partition =>
  groups.map((group) => group.flatMap(leg));

const walkerRow = ['foot', 'leg', 'thigh', 'foot_left', 'leg_left', 'thigh_left'];
const cheetahDown = ['bthigh', 'bshin', 'bfoot', 'fthigh', 'fshin', 'ffoot'];
const cheetahUp = ['bfoot', 'bshin', 'bthigh', 'ffoot', 'fshin', 'fthigh'];

const upperBody = [
  ...['abdomen_x', 'abdomen_y', 'abdomen_z'],
  ...['right', 'left'].flatMap((side) => [`${side}_shoulder1`, `${side}_shoulder2`, `${side}_elbow`]),
];
const lowerBody = ['right', 'left'].flatMap((side) =>
  ['hip_x', 'hip_y', 'hip_z', 'knee'].map((name) => `${side}_${name}`),
);

const halves = (row: readonly string[]): Partition => [row.slice(0, 3), row.slice(3)];

const cheetahs = (row: readonly string[]): Record<string, Partition> => ({
  '2x3': halves(row),
  '6x1': alone(row),
  '3x2': [
    ['bfoot', 'bshin'],
    ['bthigh', 'ffoot'],
    ['fshin', 'fthigh'],
  ],
});

const ants = (diagonal: Partition): Record<string, Partition> => ({
  '2x4': legs([1, 2], [3, 4]),
  '2x4d': diagonal,
  '4x2': legs([1], [2], [3], [4]),
  '8x1': alone([1, 2, 3, 4].flatMap(leg)),
});

/**
 * Gymnasium-Robotics (MaMuJoCo v1); `halfcheetah-3x2`, `ant-8x1`, `walker2d-3x2` and `-6x1` and `humanoid-17x1` from HARL
 * and TRPO-in-MARL.
 */
const v1: Readonly<Record<string, Readonly<Record<string, Partition>>>> = {
  reacher: { '2x1': alone(['joint0', 'joint1']) },
  halfcheetah: cheetahs(cheetahDown),
  ant: ants(legs([1, 4], [2, 3])),
  hopper: { '3x1': alone(['thigh', 'leg', 'foot']) },
  walker2d: {
    '2x3': halves(walkerRow),
    '6x1': alone(walkerRow),
    '3x2': [
      ['foot', 'leg'],
      ['thigh', 'foot_left'],
      ['leg_left', 'thigh_left'],
    ],
  },
  swimmer: { '2x1': alone(['rot2', 'rot3']) },
  humanoid: { '9-8': [upperBody, lowerBody], '17x1': alone([...upperBody, ...lowerBody]) },
  'coupled-halfcheetah': {
    '1p1': [0, 1].map((cheetah) => cheetahDown.map((name) => `${name}${cheetah}`)),
  },
};

/** multiagent_mujoco (2020): other orders of actions, and legs that stand diagonally indeed. */
const original: typeof v1 = {
  ...v1,
  halfcheetah: cheetahs(cheetahUp),
  ant: ants(legs([1, 3], [2, 4])),
  humanoid: {
    ...v1.humanoid,
    '9-8': [
      [
        ...['left_shoulder1', 'left_shoulder2', 'abdomen_x', 'abdomen_y', 'abdomen_z'],
        ...['right_shoulder1', 'right_shoulder2', 'right_elbow', 'left_elbow'],
      ],
      [
        ...['left_hip_x', 'left_hip_y', 'left_hip_z', 'right_hip_x', 'right_hip_y', 'right_hip_z'],
        ...['right_knee', 'left_knee'],
      ],
    ],
  },
};

const many = /^([1-9]\d?)x([1-9]\d?)$/;

/** Agents and segments of each in a partition such as `10x2` of a body of many segments. */
export const segmentsOf = (partition: string): { agents: number; each: number } | undefined => {
  const found = many.exec(partition);
  return found ? { agents: Number(found[1]), each: Number(found[2]) } : undefined;
};

/** Bodies of as many segments as one asks for, with examples of partitions. */
export const manySegmented: Readonly<Record<string, readonly string[]>> = {
  'many-segment-swimmer': ['10x2', '2x3'],
  'many-segment-ant': ['2x3', '5x1'],
};

/** All bodies with their partitions. */
export const partitionsOf = (body: string): readonly string[] =>
  manySegmented[body] ?? Object.keys(v1[body] ?? {});

export const bodyNames: readonly string[] = [...Object.keys(v1), ...Object.keys(manySegmented)];

/** The joints of each agent, in the order of its actions. */
export const agentsOf = (
  body: string,
  partition: string,
  graph: Graph,
  isOriginal: boolean,
): GraphNode[][] => {
  const segments = segmentsOf(partition);
  if (body in manySegmented && segments) {
    const width = graph.joints.length / segments.agents;
    return Array.from({ length: segments.agents }, (_, agent) =>
      graph.joints.slice(agent * width, (agent + 1) * width),
    );
  }
  const labels = (isOriginal ? original : v1)[body][partition];
  return labels.map((group) =>
    group.map((label) => graph.joints.find((node) => node.label === label) as GraphNode),
  );
};
