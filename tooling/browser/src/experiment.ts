import { encodeCheckpoint, train } from '@murmuration/core';
import { type Backends, backends, ready } from '@murmuration/core/tensors';
import { coordination } from '@murmuration/envs';
import { romaIqss } from '@murmuration/iqss-roma';
import { grad, square, sum, tensor1d } from '@tensorflow/tfjs-core';

export interface Findings {
  /** Greedy returns of every evaluation. */
  readonly returns: readonly number[];
  /** The last checkpoint's file. */
  readonly checkpoint: readonly number[];
  readonly backend: string;
  readonly kernels: Backends['kernels'];
  /** Of the sum of squares at 1, 2, 3. */
  readonly gradient: readonly number[];
}

/** What must come out alike in Node and in a browser. */
export const experiment = async (): Promise<Findings> => {
  const returns: number[] = [];
  let checkpoint: readonly number[] = [];
  for await (const event of train(romaIqss, () => coordination({ agents: 3 }), { steps: 4000, seed: 7 })) {
    if (event.event === 'evaluation') returns.push(...event.returns);
    if (event.event === 'checkpoint') checkpoint = Array.from(encodeCheckpoint(event.checkpoint).tensors);
  }
  await ready();
  const { used, kernels } = backends();
  const gradient = await grad((x) => sum(square(x)))(tensor1d([1, 2, 3])).data();
  return { returns, checkpoint, backend: used, kernels, gradient: Array.from(gradient) };
};
