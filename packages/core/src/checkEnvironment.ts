import { checkDrawing } from './contract/drawing';
import { checkFrames } from './contract/frames';
import { checkCopies, checkSeeds } from './contract/repetition';
import { checkSnapshots } from './contract/snapshot';
import { checkSpecification } from './contract/specification';
import type { EnvironmentFactory } from './environment';

/**
 * Look a world over before anything is trained in it: its spec, a few hundred random steps (spaces, masks, rewards,
 * ends), equal seeds, copies that share nothing, save and restore, drawings. Takes about a thousand steps.
 * @throws EnvironmentError in one line: what is broken, where, and what to do.
 */
export const checkEnvironment = (factory: EnvironmentFactory): void => {
  checkSpecification(factory);
  checkFrames(factory, 200);
  checkSeeds(factory, 60);
  checkCopies(factory, 20);
  checkSnapshots(factory, 20);
  checkDrawing(factory, 40);
};
