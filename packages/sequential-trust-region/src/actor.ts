import {
  type EnvironmentSpec,
  gatherRows,
  layoutOf,
  type Random,
  type Rollout,
  type State,
  stateTree,
} from '@murmuration/core';
import {
  joinParameters,
  type Parameters,
  restoreParameters,
  saveParameters,
  type Tensor2D,
  tensor,
  tensor2d,
  tidy,
} from '@murmuration/core/tensors';
import { createCategoricalHead } from './heads/categorical';
import { createGaussianHead, type GaussianOptions } from './heads/gaussian';
import type { Head, Taken } from './heads/head';
import type { BodyOptions } from './layers';
import { createNetwork, type Network } from './networks';
import { piecesOf, rowsOf, type Sequences, startsOf } from './sequences';
import type { Memory } from './trunk';
import { createView, type View } from './view';

export interface ActorOptions {
  readonly network: BodyOptions & { readonly gain: number };
  readonly gaussian: GaussianOptions;
  readonly divergence: 'exact' | 'unweighted';
  /** Whether an agent's number within its group is shown to the network. */
  readonly showAgent: boolean;
  /** Whether an agent that no longer takes part is shown as zeros, as critics are. @default false */
  readonly hideInactive?: boolean;
}

/** A policy that one agent has for itself, or several share. */
export interface Actor {
  readonly agents: readonly number[];
  readonly view: View;
  readonly network: Network;
  readonly head: Head;
  /** All weights. */
  readonly parameters: Parameters;
}

export const createActor = (
  spec: EnvironmentSpec,
  agents: readonly number[],
  options: ActorOptions,
  random: Random,
): Actor => {
  const { action } = spec.agents[agents[0]];
  const parts = options.showAgent ? (['observation', 'agent'] as const) : (['observation'] as const);
  const view = createView({ spec, agents, parts, hideInactive: options.hideInactive ?? false });
  const head =
    action.kind === 'discrete'
      ? createCategoricalHead(action, options.divergence)
      : createGaussianHead(action, options.gaussian);
  const network = createNetwork(random, { ...options.network, inputs: view.width, outputs: head.outputs });
  const parameters = joinParameters({ network: network.parameters, head: head.parameters });
  return { agents, view, network, head, parameters };
};

export const saveActors = async (actors: readonly Actor[]): Promise<State> =>
  Object.fromEntries(
    await Promise.all(
      actors.map(async ({ parameters }, index) => [`${index}`, await saveParameters(parameters)]),
    ),
  );

export const restoreActors = (actors: readonly Actor[], state: State): void => {
  for (const [index, { parameters }] of actors.entries()) {
    restoreParameters(parameters, stateTree(state, `${index}`));
  }
};

/** Samples of one actor, in the order of their rows: step after step of the same sequences. */
export interface ActorBatch {
  /** Row of each sample in `[time, environment, agent]`. */
  readonly rows: Int32Array;
  /** Steps of each sequence. */
  readonly length: number;
  /** `[row, feature]` */
  readonly inputs: Float32Array;
  readonly taken: Taken;
  /** Log-probabilities of the actions when they were drawn. */
  readonly before: Float32Array;
  /** 1 where the agent took part, 0 elsewhere. */
  readonly weights: Float32Array;
  /** Of a recurrent actor: `[sequence, units]` and `[time, sequence]`. */
  readonly start?: Float32Array;
  readonly resets?: Uint8Array;
}

/** The samples of some sequences. */
const gatherPiece = (
  { view, network: { memoryWidth } }: Actor,
  spec: EnvironmentSpec,
  rollout: Rollout,
  sequences: Sequences,
  chosen: Int32Array,
): ActorBatch => {
  const { actionWidth, actionCount, agents } = layoutOf(spec);
  const rows = rowsOf(sequences, chosen);
  const batch = {
    rows,
    length: sequences.length,
    inputs: view.show(rollout, rows),
    taken: {
      rows: rows.length,
      actions: gatherRows(rollout.actions, actionWidth, rows),
      actionWidth,
      available: gatherRows(rollout.availableActions, actionCount, rows),
      actionCount,
    },
    before: gatherRows(rollout.logProbabilities, 1, rows),
    weights: Float32Array.from(gatherRows(rollout.active, 1, rows)),
  };
  if (memoryWidth === 0) return batch;
  return {
    ...batch,
    start: gatherRows(rollout.memory, memoryWidth, startsOf(sequences, chosen)),
    resets: gatherRows(
      rollout.started,
      1,
      rows.map((row) => Math.floor(row / agents)),
    ),
  };
};

/** The samples of some sequences, in pieces. */
export const gatherActorBatches = (
  actor: Actor,
  spec: EnvironmentSpec,
  rollout: Rollout,
  sequences: Sequences,
  chosen: Int32Array,
): ActorBatch[] =>
  piecesOf(sequences, chosen).map((piece) => gatherPiece(actor, spec, rollout, sequences, piece));

/** The memory of a recurrent network as tensors; nothing for others. */
export const memoryOf = (
  { memoryWidth }: Pick<Network, 'memoryWidth'>,
  start: Float32Array | undefined,
  resets: Uint8Array | undefined,
  length: number,
): Memory | undefined => {
  if (!start || !resets) return undefined;
  const sequences = resets.length / length;
  return {
    start: tensor2d(start, [sequences, memoryWidth]),
    resets: tensor(resets, [length, sequences], 'bool') as Tensor2D,
  };
};

/** What the trunk of the actor's network makes of samples, `[row, features]`. */
export const featuresOf = ({ view, network }: Actor, batch: ActorBatch): Tensor2D => {
  const { inputs, rows, start, resets, length } = batch;
  const input = tensor2d(inputs, [rows.length, view.width]);
  return network.trunk.forward(input, memoryOf(network, start, resets, length)).features;
};

/** What the actor's network says of samples, `[row, outputs]`. */
export const outputOf = (actor: Actor, batch: ActorBatch): Tensor2D =>
  actor.network.branch.forward(featuresOf(actor, batch));

/** Log-probabilities of the actions of a batch under the actor as it is now, `[row]`. */
export const logProbabilitiesOf = async (actor: Actor, batch: ActorBatch): Promise<Float32Array> => {
  const found = tidy(() => actor.head.evaluate(outputOf(actor, batch), batch.taken).logProbability);
  const values = (await found.data()) as Float32Array;
  found.dispose();
  return values;
};
