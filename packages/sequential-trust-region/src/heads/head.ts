import type { Random } from '@murmuration/core';
import type { Parameters, Tensor, Tensor1D, Tensor2D } from '@murmuration/core/tensors';

/** Actions that were taken, `rows` of them. */
export interface Taken {
  readonly rows: number;
  /** `[row, actionWidth of the team]`, as drawn. */
  readonly actions: Float32Array;
  /** Floats of a row of `actions`. */
  readonly actionWidth: number;
  /** `[row, actionCount of the team]` */
  readonly available: Uint8Array;
  /** Entries of a row of `available`. */
  readonly actionCount: number;
}

export interface Evaluated {
  /** `[row]` */
  readonly logProbability: Tensor1D;
  /** In nats, `[row]`. */
  readonly entropy: Tensor1D;
}

/** What a network's output says of actions: the distributions of one kind of action space. */
export interface Head {
  readonly continuous: boolean;
  /** Width of the network's output. */
  readonly outputs: number;
  /** Weights beside the network's. */
  readonly parameters: Parameters;
  /** Of the actions that were taken. @param output `[row, outputs]` */
  evaluate(output: Tensor2D, taken: Taken): Evaluated;
  /** Read from the weights what `draw` needs; call it after they have changed. */
  refresh(): Promise<void>;
  /**
   * Draw an action from one row of the network's output.
   * @param into the action as drawn
   * @returns its log-probability
   */
  draw(random: Random, output: Float32Array, available: Uint8Array, into: Float32Array): number;
  /** The likeliest action. */
  best(output: Float32Array, available: Uint8Array, into: Float32Array): void;
  /** What the world receives for an action as drawn: within the bounds of its space. */
  toWorld(drawn: Float32Array, into: Float32Array): void;
  /**
   * What describes the distributions of a batch, to be compared with later ones.
   * @returns tensors of `[row, …]` or of the same for all rows
   */
  describe(output: Tensor2D, taken: Taken): readonly Tensor[];
  /** KL(before ‖ after) of each row, `[row]`. @param before @param after what `describe` gave */
  divergence(before: readonly Tensor[], after: readonly Tensor[], taken: Taken): Tensor;
}
