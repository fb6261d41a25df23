import type { Random } from '@murmuration/core';
import {
  createDense,
  joinParameters,
  orthogonal,
  type Parameters,
  type Tensor2D,
  type Tensor3D,
} from '@murmuration/core/tensors';
import { type BodyOptions, createBlocks, named, type Piece, run } from './layers';
import { createTrunk, type Memory, type Trunk } from './trunk';

export interface BranchShape extends BodyOptions {
  readonly outputs: number;
  /** Gain of the last layer's orthogonal weights. */
  readonly gain: number;
}

export interface NetworkShape extends BranchShape {
  readonly inputs: number;
}

export interface Outcome {
  /** `[time * sequence, outputs]` */
  readonly output: Tensor2D;
  /** `[time, sequence, units]`: the memory after each step, of a recurrent network. */
  readonly memory?: Tensor3D;
}

/** A trunk, and a branch that makes numbers for one purpose of its features. */
export interface Network {
  /** All weights, the trunk's among them. */
  readonly parameters: Parameters;
  readonly trunk: Trunk;
  readonly branch: Piece;
  /** Units of the memory; 0 where there is none. */
  readonly memoryWidth: number;
  /** @param input `[time * sequence, inputs]`, step after step @param memory needed where the network is recurrent */
  forward(input: Tensor2D, memory?: Memory): Outcome;
}

/** Dense blocks and a linear layer. */
const createBranch = (random: Random, inputs: number, shape: BranchShape): Piece => {
  const { hiddenAfter, outputs, gain } = shape;
  const after = createBlocks(random, [inputs, ...hiddenAfter], shape);
  const last = createDense(random, {
    inputs: hiddenAfter.at(-1) ?? inputs,
    hidden: [],
    outputs,
    lastInitialiser: orthogonal(gain),
  });
  return {
    parameters: { ...named('after', after), ...joinParameters({ head: last.parameters }) },
    forward: (features) => last.forward(run(after, features)),
  };
};

/** A network on a trunk that others may stand on too. */
export const branchOff = (random: Random, trunk: Trunk, shape: BranchShape): Network => {
  const branch = createBranch(random, trunk.width, shape);
  return {
    parameters: { ...trunk.parameters, ...branch.parameters },
    trunk,
    branch,
    memoryWidth: trunk.memoryWidth,
    forward(input, memory) {
      const seen = trunk.forward(input, memory);
      return { output: branch.forward(seen.features), memory: seen.memory };
    },
  };
};

/** A network with a trunk of its own. */
export const createNetwork = (random: Random, shape: NetworkShape): Network =>
  branchOff(random, createTrunk(random, shape.inputs, shape), shape);
