import { gatherRows, type Rollout } from '@murmuration/core';
import { type Tensor2D, tensor2d, tidy } from '@murmuration/core/tensors';
import { memoryOf } from './actor';
import type { Critic } from './critic';
import { pieceRows } from './sequences';

/** What a critic said of a rollout before it learned from it; a column is one of its agents. */
export interface Valuation {
  /** As predicted, `[time, environment, column]`. */
  readonly predictions: Float32Array;
  /** In units of the reward. */
  readonly values: Float32Array;
  /** Of the moment that followed in the same episode. */
  readonly nextValues: Float32Array;
  /** `[stretch, environment, column, units]`: the memory before the first step of each stretch. */
  readonly memory: Float32Array;
  /** `[environment, column, units]`: the memory after the last step. */
  readonly last: Float32Array;
}

interface Pass {
  readonly length: number;
  readonly start?: Float32Array;
  readonly resets?: Uint8Array;
}

const predict = async (
  { view, network }: Critic,
  inputs: Float32Array,
  { length, start, resets }: Pass,
): Promise<{ output: Float32Array; states: Float32Array }> => {
  const tensors = tidy(() => {
    const input: Tensor2D = tensor2d(inputs, [inputs.length / view.width, view.width]);
    const { output, memory } = network.forward(input, memoryOf(network, start, resets, length));
    return memory ? [output, memory] : [output];
  });
  const [output, states = new Float32Array(0)] = await Promise.all(
    tensors.map((each) => each.data() as Promise<Float32Array>),
  );
  for (const each of tensors) each.dispose();
  return { output, states };
};

/** Predictions of all moments, the one after the last step included; of a recurrent critic also every memory. */
const predictAll = async (critic: Critic, rollout: Rollout, team: number, start: Float32Array) => {
  const { view, network, agents } = critic;
  const { memoryWidth: units } = network;
  const { steps, copies } = rollout;
  const columns = copies * agents.length;
  const moments = steps + 1;
  const output = new Float32Array(moments * columns);
  const states = new Float32Array(moments * columns * units);
  // A recurrent critic sees whole sequences, others any rows: either way a piece is some columns of all moments.
  const piece = Math.max(1, Math.floor(pieceRows / moments));
  for (let first = 0; first < columns; first += piece) {
    const width = Math.min(piece, columns - first);
    const own = Int32Array.from({ length: moments * width }, (_, index) => {
      const column = first + (index % width);
      const moment = Math.floor(index / width) * copies + Math.floor(column / agents.length);
      return moment * team + agents[column % agents.length];
    });
    const found = await predict(critic, view.show(rollout, own), {
      length: moments,
      start: units ? start.subarray(first * units, (first + width) * units) : undefined,
      resets: units
        ? gatherRows(
            rollout.started,
            1,
            own.map((row) => Math.floor(row / team)),
          )
        : undefined,
    });
    for (let moment = 0; moment < moments; moment++) {
      const to = moment * columns + first;
      output.set(found.output.subarray(moment * width, (moment + 1) * width), to);
      const part = found.states.subarray(moment * width * units, (moment + 1) * width * units);
      states.set(part, to * units);
    }
  }
  return { output, states };
};

/** Predictions of the last moments of episodes that were cut off, `[cut, column]`. */
const predictCutOff = async (
  critic: Critic,
  { cutOff }: Rollout,
  states: Float32Array,
): Promise<Float32Array> => {
  const { view, network, agents } = critic;
  const { memoryWidth: units } = network;
  const columns = agents.length;
  const output = new Float32Array(cutOff.length * columns);
  const own = Int32Array.from(agents);
  const inputs = new Float32Array(output.length * view.width);
  const start = new Float32Array(output.length * units);
  for (const [index, moment] of cutOff.entries()) {
    inputs.set(view.show(moment, own), index * columns * view.width);
    const from = moment.row * columns * units;
    start.set(states.subarray(from, from + columns * units), index * columns * units);
  }
  for (let first = 0; first < output.length; first += pieceRows) {
    const last = Math.min(first + pieceRows, output.length);
    const found = await predict(critic, inputs.subarray(first * view.width, last * view.width), {
      length: 1,
      start: units ? start.subarray(first * units, last * units) : undefined,
      resets: units ? new Uint8Array(last - first) : undefined,
    });
    output.set(found.output, first);
  }
  return output;
};

/**
 * Value a rollout as the critic is now. Doing so after collecting gives what a critic that had looked along would have
 * said, in one pass instead of one for each step.
 * @param start `[environment, column, units]`, the memory before the first step
 * @param stretch steps between two memories that are kept
 */
export const valueRollout = async (
  critic: Critic,
  rollout: Rollout,
  team: number,
  { start, stretch, cutOff }: { start: Float32Array; stretch: number; cutOff: boolean },
): Promise<Valuation> => {
  const { steps, copies } = rollout;
  const columns = copies * critic.agents.length;
  const units = critic.network.memoryWidth;
  const { output, states } = await predictAll(critic, rollout, team, start);
  const denormalise = (prediction: number): number =>
    critic.normaliser?.denormalise(prediction) ?? prediction;
  const nextValues = output.subarray(columns).map(denormalise);
  if (cutOff && rollout.cutOff.length > 0) {
    const finals = await predictCutOff(critic, rollout, states);
    for (const [index, { row }] of rollout.cutOff.entries()) {
      for (let column = 0; column < critic.agents.length; column++) {
        const value = denormalise(finals[index * critic.agents.length + column]);
        nextValues[row * critic.agents.length + column] = value;
      }
    }
  }
  const width = columns * units;
  const memory = new Float32Array((steps / stretch) * width);
  for (let note = 0; note * stretch < steps; note++) {
    const before = note * stretch - 1;
    memory.set(note === 0 ? start : states.subarray(before * width, (before + 1) * width), note * width);
  }
  const predictions = output.slice(0, steps * columns);
  return {
    predictions,
    values: predictions.map(denormalise),
    nextValues,
    memory,
    last: states.slice((steps - 1) * width, steps * width),
  };
};
