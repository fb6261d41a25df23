import {
  equal,
  exp,
  expandDims,
  mul,
  neg,
  range,
  sum,
  type Tensor,
  where,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type Fused, type FusedOperation, fuses, keepOrFree, runFused } from './define.js';
import { hidden, logSoftmaxInOperations } from './softmax.js';

/** What a policy's loss needs of a categorical distribution. */
export interface Categorical {
  /** Of the actions taken, `[...]`. */
  readonly logProbability: Tensor;
  /** -Σ p log p in nats, `[...]`. */
  readonly entropy: Tensor;
}

/** In plain operations. */
export const categoricalInOperations = (logits: Tensor, actions: Tensor, mask?: Tensor): Categorical => {
  const logs = logSoftmaxInOperations(logits, mask);
  // Not oneHot, which refuses a single action.
  const indices = range(0, logits.shape[logits.rank - 1], 1, 'int32');
  const chosen = equal(expandDims(actions, -1), indices);
  const probabilities = exp(logs);
  // p log p is 0 where p is, also where log p is -Infinity.
  const finite = where(equal(probabilities, 0), zerosLike(logs), logs);
  return {
    logProbability: sum(where(chosen, logs, zerosLike(logs)), -1),
    entropy: neg(sum(mul(probabilities, finite), -1)),
  };
};

export const categoricalGradient: Fused = {
  kernelName: 'MurmurationCategoricalGradient',
  run: ({ inputs: { logs, actions, mask, dChosen, entropy, dEntropy }, instance, backend }) => {
    const output = backend.makeOutput(logs.shape, 'float32');
    const [l, a, dc, e, de, to] = [logs, actions, dChosen, entropy, dEntropy, output].map((each) =>
      address(backend, each),
    );
    const at = mask ? address(backend, mask) : 0;
    const count = logs.shape[logs.shape.length - 1];
    instance.kernels.categoricalGradient(l, a, at, dc, e, de, to, size(actions.shape), count);
    return output;
  },
};

/** Gives log-probability and entropy; keeps the log-probabilities of all actions for the gradient. */
export const categoricalKernel: FusedOperation = {
  kernelName: 'MurmurationCategorical',
  run: ({ inputs: { logits, actions, mask }, attrs, instance, backend }) => {
    const rows = size(actions.shape);
    const count = logits.shape[logits.shape.length - 1];
    const logs = backend.makeOutput(logits.shape, 'float32');
    const outputs = [
      backend.makeOutput(actions.shape, 'float32'),
      backend.makeOutput(actions.shape, 'float32'),
    ];
    const scratch = instance.scratch(4 * count);
    const [from, taken, to, chosen, entropy] = [logits, actions, logs, ...outputs].map((each) =>
      address(backend, each),
    );
    const at = mask ? address(backend, mask) : 0;
    instance.kernels.softmax(from, at, hidden, to, rows, count, 1, scratch);
    const wrong = instance.kernels.categorical(to, taken, chosen, entropy, rows, count);
    if (wrong >= 0) {
      const action = new Int32Array(backend.wasm.asm.memory.buffer, taken, rows)[wrong];
      for (const { dataId } of [logs, ...outputs]) backend.disposeData(dataId);
      throw new Error(`@murmuration/kernels: categorical found action ${action} outside [0, ${count - 1}]`);
    }
    keepOrFree({ attrs, backend }, logs);
    return outputs;
  },
  gradient: ([dChosen, dEntropy], [logits, actions, ...rest]) => {
    const [entropy, logs] = rest.slice(-2);
    const inputs = { logs, actions, dChosen, entropy, dEntropy };
    const masked = rest.length > 2 ? { ...inputs, mask: rest[0] } : inputs;
    return {
      logits: () => call(categoricalGradient.kernelName, masked),
      actions: () => zeros(dChosen.shape),
      mask: () => zeros(logits.shape),
    };
  },
  composed: ({ logits, actions, mask }) => {
    const { logProbability, entropy } = categoricalInOperations(logits, actions, mask);
    return [logProbability, entropy];
  },
};

/**
 * Log-probability of actions and entropy of the distributions that logits give.
 * @param logits  `[..., actions]`
 * @param actions  int32 `[...]`, each in `[0, actions)`
 * @param mask  bool `[..., actions]`: false for an action that is not available (probability 0)
 * @throws if shapes or types do not fit, or an action is no index
 */
export const categorical = (logits: Tensor, actions: Tensor, mask?: Tensor): Categorical => {
  checkInputs('categorical', {
    logits: { tensor: logits, shape: logits.rank > 0 ? logits.shape : [-1] },
    actions: { tensor: actions, shape: logits.shape.slice(0, -1), dtype: 'int32' },
  });
  if (mask) checkInputs('categorical', { mask: { tensor: mask, shape: logits.shape, dtype: 'bool' } });
  if (!fuses()) return categoricalInOperations(logits, actions, mask);
  const inputs: Record<string, Tensor> = mask ? { logits, actions, mask } : { logits, actions };
  const [logProbability, entropy] = runFused<Tensor[]>(categoricalKernel, inputs, {}, ([, h]) => [h]);
  return { logProbability, entropy };
};
