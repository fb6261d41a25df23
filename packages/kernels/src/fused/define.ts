import {
  engine,
  getGradient,
  type NamedAttrMap,
  registerGradient,
  type Tensor,
  type TensorInfo,
  unregisterGradient,
} from '@tensorflow/tfjs-core';
import { fast } from '../wasm/fast.js';
import type { Call } from '../wasm/replace.js';

/** A fused operation: a kernel for WASM, and its gradient. */
export interface Fused {
  readonly kernelName: string;
  readonly run: (call: Call) => TensorInfo | TensorInfo[];
  /** From dy and what `runFused` saved, the gradient of each input; only those that are asked for get run. */
  readonly gradient?: (dy: Tensor, saved: Tensor[], attrs: NamedAttrMap) => Record<string, () => Tensor>;
}

/**
 * Whether fused operations run: on WASM, and not inside a gradient that is differentiated again. There every operation
 * has to have a gradient that has one itself, so the fused ones give way to their compositions.
 */
export const fuses = (): boolean => engine().state.gradientDepth < 2 && fast() !== undefined;

/** Runs a kernel on the present backend, without the checks and conversions of tfjs' public operations. */
export const call = <Result extends Tensor | Tensor[] = Tensor>(
  kernelName: string,
  inputs: Record<string, Tensor>,
  attrs: NamedAttrMap = {},
): Result => engine().runKernel(kernelName, inputs, attrs) as Result;

/** Whether the tape will want what a kernel run now saves. */
export const isTaped = (): boolean => {
  const { gradientDepth, kernelDepth } = engine().state;
  return gradientDepth > 0 && kernelDepth === 0;
};

/** A tensor on the same data that lives until the tape is done with it. */
const alias = ({ dataId, shape, dtype }: Tensor): Tensor => {
  engine().backend.incRef(dataId);
  return engine().keep(engine().makeTensorFromTensorInfo({ dataId, shape, dtype }) as Tensor);
};

/**
 * Runs a fused operation and leaves `save`d tensors to its gradient. tfjs' own way clones each through a kernel and two
 * nodes of the tape, which for a small layer costs as much as its arithmetic.
 */
export const runFused = (
  { kernelName }: Fused,
  inputs: Record<string, Tensor>,
  attrs: NamedAttrMap,
  save: (output: Tensor) => Tensor[],
): Tensor => {
  const output = call(kernelName, inputs, attrs);
  if (isTaped()) {
    const { activeTape } = engine().state;
    (activeTape[activeTape.length - 1].saved as Tensor[]).push(...save(output).map(alias));
  }
  return output;
};

/** Registers the gradient of a fused operation, again if need be. */
export const registerFusedGradient = ({ kernelName, gradient }: Fused): void => {
  if (!gradient) return;
  if (getGradient(kernelName)) unregisterGradient(kernelName);
  registerGradient({ kernelName, gradFunc: (dy, saved, attrs) => gradient(dy as Tensor, saved, attrs) });
};
