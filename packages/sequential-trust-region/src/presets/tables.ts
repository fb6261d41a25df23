/** A tuned configuration of HARL or of the low-variance code; what is left out is common to all of its kind. */
export interface Tuned {
  readonly name: string;
  readonly task: 'mujoco' | 'mpe' | 'smac';
  /** PPO's clip, and that of the value loss. */
  readonly clip?: number;
  readonly epochs?: number;
  readonly minibatches?: number;
  readonly entropy?: number;
  readonly learningRate?: number;
  readonly criticLearningRate?: number;
  /** Largest divergence of a trust region step. */
  readonly limit?: number;
  readonly backtrack?: number;
  readonly hidden?: readonly number[];
  readonly discount?: number;
  readonly recurrent?: boolean;
  /** Agent-specific states for critics, HARL's FP. */
  readonly agentStates?: boolean;
  /** Learning rates fall to 0. */
  readonly decays?: boolean;
  readonly maximumNorm?: number;
  readonly shared?: boolean;
  readonly copies?: number;
  readonly steps?: number;
}

const wide = [256, 256];
const deep = [128, 128, 128];

/** HARL's tuned HAPPO. */
export const harlHappo: readonly Tuned[] = [
  { name: 'ant-4x2', task: 'mujoco', clip: 0.1, entropy: 0 },
  { name: 'halfcheetah-2x3', task: 'mujoco', clip: 0.05, epochs: 15 },
  { name: 'hopper-3x1', task: 'mujoco', clip: 0.05, epochs: 10, entropy: 0, decays: true },
  { name: 'humanoid-17x1', task: 'mujoco', clip: 0.1, entropy: 0, decays: true },
  {
    name: 'walker2d-2x3',
    task: 'mujoco',
    clip: 0.05,
    entropy: 0,
    minibatches: 2,
    learningRate: 1e-3,
    criticLearningRate: 1e-3,
    decays: true,
  },
  { name: 'walker2d-6x1', task: 'mujoco', clip: 0.1 },
  { name: 'mpe', task: 'mpe' },
  { name: '3s5z', task: 'smac', recurrent: true },
  { name: '5m_vs_6m', task: 'smac', clip: 0.05, recurrent: true, discount: 0.95, agentStates: true },
  { name: '8m_vs_9m', task: 'smac', clip: 0.05, recurrent: true, discount: 0.95 },
  { name: '10m_vs_11m', task: 'smac', clip: 0.05, recurrent: true, discount: 0.95, agentStates: true },
  { name: '25m', task: 'smac', recurrent: true },
  {
    name: '27m_vs_30m',
    task: 'smac',
    clip: 0.05,
    recurrent: true,
    discount: 0.95,
    agentStates: true,
    steps: 2e7,
  },
  { name: 'mmm2', task: 'smac', discount: 0.95, steps: 2e7 },
  { name: 'corridor', task: 'smac', agentStates: true, steps: 2e7 },
  {
    name: '3s5z_vs_3s6z',
    task: 'smac',
    clip: 0.1,
    minibatches: 2,
    recurrent: true,
    discount: 0.95,
    agentStates: true,
    steps: 2e7,
  },
  {
    name: '6h_vs_8z',
    task: 'smac',
    clip: 0.05,
    epochs: 10,
    minibatches: 2,
    discount: 0.95,
    agentStates: true,
    steps: 4e7,
  },
];

/** HARL's tuned HATRPO: the trust regions; what else was tuned for HATRPO is not known to us. */
export const harlHatrpo: readonly Tuned[] = [
  { name: 'ant-4x2', task: 'mujoco', limit: 0.005 },
  { name: 'halfcheetah-2x3', task: 'mujoco', limit: 0.01 },
  { name: 'hopper-3x1', task: 'mujoco', limit: 0.001 },
  { name: 'walker2d-2x3', task: 'mujoco', limit: 0.01 },
  { name: 'walker2d-6x1', task: 'mujoco', limit: 0.005 },
  { name: 'mpe', task: 'mpe', limit: 0.005 },
  { name: '10m_vs_11m', task: 'smac', limit: 0.005 },
  { name: '25m', task: 'smac', limit: 0.01 },
  { name: '27m_vs_30m', task: 'smac', limit: 0.001 },
  { name: '3s5z', task: 'smac', limit: 0.01 },
  { name: '3s5z_vs_3s6z', task: 'smac', limit: 0.005 },
  { name: '5m_vs_6m', task: 'smac', limit: 0.01 },
  { name: '6h_vs_8z', task: 'smac', limit: 0.001 },
  { name: '8m_vs_9m', task: 'smac', limit: 0.005 },
  { name: 'mmm2', task: 'smac', limit: 0.06 },
  { name: 'corridor', task: 'smac', limit: 0.06 },
];

/** The low-variance code's clip-HAPPO. */
export const clipHappo: readonly Tuned[] = [
  { name: 'ant-4x2', task: 'mujoco', clip: 0.1, entropy: 0 },
  { name: 'ant-8x1', task: 'mujoco', clip: 0.1, entropy: 0, learningRate: 1e-3, criticLearningRate: 1e-3 },
  { name: 'halfcheetah-2x3', task: 'mujoco', clip: 0.05, epochs: 15 },
  { name: 'halfcheetah-6x1', task: 'mujoco', clip: 0.05, epochs: 15 },
  { name: 'humanoid-17x1', task: 'mujoco', clip: 0.1, entropy: 0, decays: true },
  {
    name: 'swimmer-10x2',
    task: 'mujoco',
    clip: 0.15,
    entropy: 1e-6,
    learningRate: 1e-4,
    criticLearningRate: 1e-4,
    hidden: wide,
    copies: 10,
    maximumNorm: 5,
  },
  {
    name: 'swimmer-20x1',
    task: 'mujoco',
    clip: 0.1,
    entropy: 1e-5,
    learningRate: 1e-4,
    criticLearningRate: 1e-4,
    hidden: wide,
    maximumNorm: 5,
    steps: 2e7,
  },
  {
    name: 'walker2d-3x2',
    task: 'mujoco',
    clip: 0.05,
    entropy: 0,
    minibatches: 2,
    learningRate: 1e-3,
    criticLearningRate: 1e-3,
    decays: true,
  },
  {
    name: 'walker2d-6x1',
    task: 'mujoco',
    clip: 0.05,
    entropy: 0,
    minibatches: 2,
    learningRate: 1e-3,
    criticLearningRate: 1e-3,
  },
  { name: 'reference', task: 'mpe', epochs: 10 },
  { name: 'speaker-listener', task: 'mpe' },
  { name: 'spread', task: 'mpe' },
  { name: '27m_vs_30m', task: 'smac', clip: 0.05, recurrent: true, discount: 0.95, agentStates: true },
  { name: '3s5z_vs_3s6z', task: 'smac', minibatches: 2, recurrent: true, discount: 0.95, agentStates: true },
  { name: 'corridor', task: 'smac', agentStates: true },
  { name: '6h_vs_8z', task: 'smac', learningRate: 1e-4, agentStates: true, shared: true },
  {
    name: '8m_vs_9m',
    task: 'smac',
    clip: 0.1,
    epochs: 10,
    learningRate: 1e-4,
    recurrent: true,
    discount: 0.95,
    shared: true,
    steps: 5e6,
  },
  { name: 'mmm2', task: 'smac', learningRate: 1e-4, discount: 0.95, shared: true, steps: 5e6 },
];

const ten = { task: 'mujoco', copies: 10 } as const;

/** With ten copies, where the low-variance code compares HAPPO and clip-HAPPO on small batches. */
export const clipHappoTen: readonly Tuned[] = [
  { ...ten, name: 'ant-4x2-10', clip: 0.1, entropy: 0 },
  { ...ten, name: 'ant-8x1-10', clip: 0.1, entropy: 0 },
  { ...ten, name: 'halfcheetah-6x1-10', clip: 0.05, epochs: 15 },
  { ...ten, name: 'humanoid-17x1-10', clip: 0.1, entropy: 0, learningRate: 2.5e-4, decays: true },
  {
    ...ten,
    name: 'walker2d-3x2-10',
    clip: 0.05,
    entropy: 0,
    minibatches: 2,
    learningRate: 1e-3,
    criticLearningRate: 1e-3,
    decays: true,
  },
  { ...ten, name: 'walker2d-6x1-10', clip: 0.05, entropy: 0, learningRate: 1e-3, criticLearningRate: 1e-3 },
];

/** HAPPO's side of that comparison. */
export const happoTen: readonly Tuned[] = [
  ...clipHappoTen.slice(0, 4),
  { ...ten, name: 'walker2d-3x2-10', clip: 0.1 },
  { ...ten, name: 'walker2d-6x1-10', clip: 0.1 },
];

/** The low-variance code's clip-HATRPO. */
export const clipHatrpo: readonly Tuned[] = [
  { name: 'ant-4x2', task: 'mujoco', limit: 0.005 },
  { name: 'ant-8x1', task: 'mujoco', limit: 0.005 },
  { name: 'halfcheetah-2x3', task: 'mujoco', limit: 0.005 },
  { name: 'halfcheetah-6x1', task: 'mujoco', limit: 0.01 },
  { name: 'humanoid-17x1', task: 'mujoco', limit: 0.005, clip: 0.1, decays: true },
  { name: 'swimmer-10x2', task: 'mujoco', limit: 0.01, clip: 0.15, criticLearningRate: 1e-4, hidden: wide },
  {
    name: 'swimmer-20x1',
    task: 'mujoco',
    limit: 0.01,
    clip: 0.15,
    criticLearningRate: 1e-4,
    hidden: wide,
    steps: 2e7,
  },
  { name: 'walker2d-3x2', task: 'mujoco', limit: 0.01, criticLearningRate: 1e-3 },
  { name: 'walker2d-6x1', task: 'mujoco', limit: 0.005 },
  { name: 'mpe', task: 'mpe', limit: 0.005 },
  { name: '27m_vs_30m', task: 'smac', limit: 0.001, recurrent: true, agentStates: true },
  { name: '3s5z_vs_3s6z', task: 'smac', limit: 0.005, backtrack: 0.5, hidden: deep, agentStates: true },
  { name: 'corridor', task: 'smac', limit: 0.12, backtrack: 0.5, recurrent: true, agentStates: true },
];
