import type { SubjectFactory } from '@murmuration/core/node';
import { findAlgorithm } from './registry';
import { openWorld, type WorldReference } from './world';

/** What data-parallel workers train: the ids and options that the command line was given. */
export interface SubjectInput extends WorldReference {
  readonly algorithm: string;
}

const create: SubjectFactory<SubjectInput> = async ({ algorithm, ...world }) => ({
  algorithm: findAlgorithm(algorithm),
  environment: (await openWorld(world)).factory,
});

export default create;
