export * from './algorithm';
export { checkEnvironment } from './checkEnvironment';
export { nearestName, parseConfiguration } from './configuration';
export { checkedScene } from './contract/drawing';
export * from './deploy';
export * from './environment';
export * from './errors';
export type * from './experiment';
export type { EnvironmentFamily } from './family';
export { decodeCheckpoint, type EncodedCheckpoint, encodeCheckpoint } from './files/checkpoint';
export * from './frame';
export * from './learner';
export * from './onPolicy/advantages';
export { boundFactor, type FactorKind } from './onPolicy/factor';
export { gatherRows, partition, permutation } from './onPolicy/minibatches';
export {
  type CutOff,
  createRolloutBuffer,
  type Decision,
  type Rollout,
  type RolloutBuffer,
  type RolloutShape,
} from './onPolicy/rollout';
export { standardise } from './onPolicy/standardise';
export { createValueNormaliser, type ValueNormaliser } from './onPolicy/valueNormaliser';
export { comparePreset, describeOptions, type OptionDescription, type PresetDifference } from './options';
export * from './policy';
export { type Random, randomFrom } from './random';
export { type RandomAction, randomActionOf } from './randomAction';
export { createRandomPolicy } from './randomPolicy';
export { createReplayBuffer, type Field, type ReplayBuffer, type Rows } from './replay';
export { mergeOptions, resolveConfiguration, type Settings } from './resolve';
export type * from './scene';
export { sealed } from './sealed';
export { alone, type Shard } from './shard';
export * from './space';
export { createSpectators, type Spectators } from './spectators';
export * from './state';
export { checkSupport } from './support';
export { type Checkpoint, type Provenance, provenanceOf } from './train/checkpoint';
export { type EvaluateOptions, type EvaluationResult, evaluate } from './train/evaluate';
export type * from './train/events';
export { loadPolicy, restoreToAct } from './train/load';
export { type Plan, planOf, type TrainOptions, workersObjection } from './train/plan';
export { train } from './train/train';
export { createEnvironment, specOf, vectorize } from './vectorize';
