export { mpe, mpeFamily, type ParticleInput } from './mpe';
export type { Particles } from './particles';
export type { ParticleEnvironment } from './world';
