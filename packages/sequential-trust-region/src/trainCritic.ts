import { type EnvironmentSpec, gatherRows, type Random, type Reduce, type Shard } from '@murmuration/core';
import { type Optimiser, tensor2d } from '@murmuration/core/tensors';
import { memoryOf } from './actor';
import type { Critic } from './critic';
import { descend } from './descend';
import type { ValueLossOptions } from './loss';
import { cutInto, type Passes, passesOver, piecesOf, rowsOf, type Sequences, startsOf } from './sequences';
import { columnsOf, gatherValues, measureValues, prepareValues, type ValueLesson } from './valueExercise';

export interface CriticTraining extends ValueLossOptions, Passes {
  /** Whether dead agents are left out of the loss. */
  readonly maskInactive: boolean;
  /** Steps of a training sequence. */
  readonly length: number;
}

export interface CriticLesson extends ValueLesson {
  readonly spec: EnvironmentSpec;
  readonly random: Random;
  readonly reduce: Reduce;
  readonly shard: Shard;
}

/** What a critic's network sees of some sequences. */
interface CriticSight {
  /** `[row, feature]` */
  readonly inputs: Float32Array;
  /** Of a recurrent critic: `[sequence, units]` and `[time, sequence]`. */
  readonly start?: Float32Array;
  readonly resets?: Uint8Array;
}

const look = (
  { view, network: { memoryWidth } }: Critic,
  { rollout, valuation, spec }: CriticLesson,
  sequences: Sequences,
  chosen: Int32Array,
): CriticSight => {
  const rows = rowsOf(sequences, chosen);
  const inputs = view.show(rollout, rows);
  if (memoryWidth === 0) return { inputs };
  const moments = rows.map((row) => Math.floor(row / spec.agents.length));
  return {
    inputs,
    start: gatherRows(valuation.memory, memoryWidth, startsOf(columnsOf(sequences), chosen)),
    resets: gatherRows(rollout.started, 1, moments),
  };
};

/** Fit a critic to returns. @returns the mean loss of its minibatches */
export const trainCritic = async (
  critic: Critic,
  optimiser: Optimiser,
  lesson: CriticLesson,
  options: CriticTraining,
): Promise<{ valueLoss: number }> => {
  const { spec, rollout, random, reduce, shard } = lesson;
  const { epochs, minibatches, length, maskInactive } = options;
  const { network, view, agents } = critic;
  const { steps, copies } = rollout;
  const sequences = cutInto({ steps, length, copies, team: spec.agents.length, agents });
  const batches = passesOver(random, sequences, options, shard, (chosen) => ({
    sights: piecesOf(sequences, chosen).map((piece) => look(critic, lesson, sequences, piece)),
    values: gatherValues(lesson, sequences, chosen, maskInactive),
  }));
  let loss = 0;
  for await (const { sights, values } of batches) {
    const exercises = await prepareValues(critic, values, reduce);
    const pieces = exercises.map((exercise, piece) => () => {
      const { inputs, start, resets } = sights[piece];
      const memory = memoryOf(network, start, resets, length);
      const { output } = network.forward(tensor2d(inputs, [exercise.before.length, view.width]), memory);
      return { loss: measureValues(output, exercise, options), others: [] };
    });
    const [found] = await descend(network.parameters, optimiser, { pieces, others: 0 }, reduce);
    loss += found / (epochs * minibatches);
  }
  return { valueLoss: loss };
};
