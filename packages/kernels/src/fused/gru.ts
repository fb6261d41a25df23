import { type Tensor, zeros } from '@tensorflow/tfjs-core';
import { size } from '../elementwise/functions.js';
import { address } from '../wasm/backend.js';
import { checkInputs } from './check.js';
import { call, type Fused, type FusedOperation, fuses, keepOrFree, runFused } from './define.js';
import { gruInOperations } from './gruReference.js';

/** Weights of a gated recurrent unit; gates side by side in the order reset, update, candidate. */
export interface GruWeights {
  /** `[inputs, 3 units]` */
  readonly inputWeight: Tensor;
  /** `[units, 3 units]` */
  readonly recurrentWeight: Tensor;
  /** `[3 units]` */
  readonly inputBias: Tensor;
  /** `[3 units]`; its last third stands inside the product with the reset gate. */
  readonly recurrentBias: Tensor;
}

export const gruKernel: FusedOperation = {
  kernelName: 'MurmurationGru',
  run: ({ inputs, attrs, instance, backend }) => {
    const { x, start, inputWeight, recurrentWeight, inputBias, recurrentBias, resets } = inputs;
    const [time, batch, features] = x.shape;
    const [, units] = start.shape;
    // Without a gradient to come, one step of what it would need is enough.
    const steps = attrs.kept ? time : 1;
    const make = (length: number, width: number) => backend.makeOutput([length, batch, width], 'float32');
    const [gates, previous, hidden] = [make(steps, 3 * units), make(steps, units), make(steps, units)];
    const states = make(time, units);
    const scratch = instance.scratch(instance.kernels.gruScratch(features, batch, units));
    const [from, w, b, h0, weight, bias] = [
      x,
      inputWeight,
      inputBias,
      start,
      recurrentWeight,
      recurrentBias,
    ].map((each) => address(backend, each));
    const [g, p, inner, to] = [gates, previous, hidden, states].map((each) => address(backend, each));
    const at = resets ? address(backend, resets) : 0;
    instance.kernels.gruForward(
      ...([from, w, b, features, h0, weight, bias, at, g, p, inner, Number(steps === time)] as const),
      ...([to, time, batch, units, scratch] as const),
    );
    keepOrFree({ attrs, backend }, gates, previous, hidden);
    return states;
  },
  gradient: ([dy], saved) => {
    const [x, , inputWeight, recurrentWeight, , , ...rest] = saved;
    const [gates, previous, hidden] = rest.slice(-3);
    const inputs = { dy, recurrentWeight, gates, previous, hidden };
    const [dGates, dRecurrent, dStart] = call<Tensor[]>(
      gruGradient.kernelName,
      rest.length > 3 ? { ...inputs, resets: rest[0] } : inputs,
    );
    const rows = (tensor: Tensor): Tensor =>
      call('Reshape', { x: tensor }, { shape: [size(tensor.shape.slice(0, 2)), tensor.shape[2] as number] });
    const product = (a: Tensor, b: Tensor) =>
      call('BatchMatMul', { a, b }, { transposeA: true, transposeB: false });
    const sumRows = (tensor: Tensor) => call('Sum', { x: tensor }, { axis: [0, 1], keepDims: false });
    return {
      x: () => {
        const dx = call(
          'BatchMatMul',
          { a: rows(dGates), b: inputWeight },
          { transposeA: false, transposeB: true },
        );
        return call('Reshape', { x: dx }, { shape: x.shape });
      },
      start: () => dStart,
      inputWeight: () => product(rows(x), rows(dGates)),
      recurrentWeight: () => product(rows(previous), rows(dRecurrent)),
      inputBias: () => sumRows(dGates),
      recurrentBias: () => sumRows(dRecurrent),
      resets: () => zeros(dy.shape.slice(0, 2)),
    };
  },
  composed: ({ x, start, resets, ...weights }) => [
    gruInOperations(x, start, weights as unknown as GruWeights, resets),
  ],
};

/** Back-propagation through time: gradients of both affine parts of all steps, and of the first state. */
export const gruGradient: Fused = {
  kernelName: 'MurmurationGruGradient',
  run: ({ inputs: { dy, recurrentWeight, gates, previous, hidden, resets }, instance, backend }) => {
    const [time, batch, units] = dy.shape;
    const [dGates, dRecurrent] = [gates, gates].map(({ shape }) => backend.makeOutput(shape, 'float32'));
    const dStart = backend.makeOutput([batch, units], 'float32');
    const scratch = instance.scratch(instance.kernels.gruGradientScratch(units));
    const [d, weight, g, p, h] = [dy, recurrentWeight, gates, previous, hidden].map((each) =>
      address(backend, each),
    );
    const [dg, dr, carry] = [dGates, dRecurrent, dStart].map((each) => address(backend, each));
    const at = resets ? address(backend, resets) : 0;
    new Uint8Array(backend.wasm.asm.memory.buffer, carry, 4 * batch * units).fill(0);
    instance.kernels.gruBackward(d, weight, at, g, p, h, dg, dr, carry, time, batch, units, scratch);
    return [dGates, dRecurrent, dStart];
  },
};

/**
 * A gated recurrent unit over whole sequences (Cho et al. 2014, as PyTorch and cuDNN compute it).
 * @param x  `[time, batch, inputs]`
 * @param start  the state before the first step, `[batch, units]`
 * @param resets  bool `[time, batch]`: true sets the state to 0 before that step
 * @returns the state after each step, `[time, batch, units]`
 * @throws if shapes or types do not fit
 */
export const gru = (x: Tensor, start: Tensor, weights: GruWeights, resets?: Tensor): Tensor => {
  const [time, batch, inputs] = [x.shape[0] ?? 0, x.shape[1] ?? 0, x.shape[2] ?? 0];
  const units = start.shape[1] ?? 0;
  checkInputs('gru', {
    x: { tensor: x, shape: [-1, -1, -1] },
    start: { tensor: start, shape: [batch, -1] },
    inputWeight: { tensor: weights.inputWeight, shape: [inputs, 3 * units] },
    recurrentWeight: { tensor: weights.recurrentWeight, shape: [units, 3 * units] },
    inputBias: { tensor: weights.inputBias, shape: [3 * units] },
    recurrentBias: { tensor: weights.recurrentBias, shape: [3 * units] },
  });
  if (resets) checkInputs('gru', { resets: { tensor: resets, shape: [time, batch], dtype: 'bool' } });
  if (!fuses()) return gruInOperations(x, start, weights, resets);
  const { inputWeight, recurrentWeight, inputBias, recurrentBias } = weights;
  const needed = { x, start, inputWeight, recurrentWeight, inputBias, recurrentBias };
  const tensors: Record<string, Tensor> = resets ? { ...needed, resets } : needed;
  return runFused(gruKernel, tensors, {});
};
