import type { Metrics, Reduce } from '@murmuration/core';
import { add, mul, type Optimiser, type Scalar } from '@murmuration/core/tensors';
import { gatherActorBatches } from '../actor';
import { type ActorCritic, outputsOf } from '../actorCritic';
import { descend, type Measured } from '../descend';
import type { ValueLossOptions } from '../loss';
import { passesOver } from '../sequences';
import {
  gatherValues,
  measureValues,
  prepareValues,
  type ValueExercise,
  type ValueLesson,
} from '../valueExercise';
import { averageOf } from './metrics';
import {
  type Exercise,
  type Lesson,
  measurePolicy,
  type PpoMetrics,
  type PpoOptions,
  policyMeasures,
  policyMetrics,
  prepare,
} from './ppo';

export interface JointOptions {
  readonly policy: PpoOptions;
  readonly critic: ValueLossOptions & {
    /** Whether dead agents are left out of the value loss. */
    readonly maskInactive: boolean;
    /** Of the value loss, beside the policy's. */
    readonly lossWeight: number;
  };
}

/** Policy loss + weight · value loss − coefficient · entropy of a piece (Schulman et al. 2017, eq. 9). */
const measure = (
  pair: ActorCritic,
  exercise: Exercise,
  values: ValueExercise,
  { policy, critic }: JointOptions,
): Measured => {
  const outputs = outputsOf(pair, exercise.batch);
  const { loss, others } = measurePolicy(pair.actor, exercise, policy, outputs.policy);
  const valueLoss = measureValues(outputs.value, values, critic);
  return { loss: add(loss, mul(valueLoss, critic.lossWeight)) as Scalar, others: [...others, valueLoss] };
};

/** One step of the optimiser of an actor and its critic. */
const stepTogether = async (
  pair: ActorCritic,
  optimiser: Optimiser,
  exercises: readonly Exercise[],
  values: readonly ValueExercise[],
  options: JointOptions,
  reduce: Reduce,
): Promise<PpoMetrics & { readonly valueLoss: number }> => {
  const pieces = exercises.map((exercise, piece) => () => measure(pair, exercise, values[piece], options));
  const measures = { pieces, others: policyMeasures + 1 };
  const found = await descend(pair.parameters, optimiser, measures, reduce);
  return { ...policyMetrics(found.subarray(1)), valueLoss: found[1 + policyMeasures] };
};

/** Epochs of clipped policy gradients for an actor and a critic on one trunk, both losses in one step. */
export const practiseTogether = async (
  pair: ActorCritic,
  optimiser: Optimiser,
  lesson: Lesson & ValueLesson,
  options: JointOptions,
): Promise<Metrics> => {
  const { actor, critic } = pair;
  const { spec, rollout, sequences, random, reduce, shard } = lesson;
  const minibatches = passesOver(random, sequences, options.policy, shard, async (chosen) => ({
    exercises: await prepare(lesson, gatherActorBatches(actor, spec, rollout, sequences, chosen)),
    batches: gatherValues(lesson, sequences, chosen, options.critic.maskInactive),
  }));
  const found: object[] = [];
  for await (const { exercises, batches } of minibatches) {
    const values = await prepareValues(critic, batches, reduce);
    found.push(await stepTogether(pair, optimiser, exercises, values, options, reduce));
  }
  return averageOf(found);
};
