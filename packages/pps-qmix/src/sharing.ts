/** Periodic parameter sharing for any agents with named parameters. Loads TensorFlow.js. */
export { aggregate, groupsOf, returnWeights, type Share, shares, weightsWithin } from './aggregation';
export { parameterDistance } from './diagnostics';
export { type SharingOptions, sharePeriodically } from './sharePeriodically';
export type { Weighing } from './weighing';
