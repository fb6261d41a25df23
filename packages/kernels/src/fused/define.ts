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
  /**
   * From the gradients of the outputs and what `runFused` saved, then what the kernel kept, the gradient of each input;
   * only those that are asked for get run.
   */
  readonly gradient?: (dys: Tensor[], saved: Tensor[], attrs: NamedAttrMap) => Record<string, () => Tensor>;
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
export const runFused = <Result extends Tensor | Tensor[] = Tensor>(
  { kernelName }: Fused,
  inputs: Record<string, Tensor>,
  attrs: NamedAttrMap,
  save: (result: Result) => Tensor[],
): Result => {
  if (!isTaped()) return call<Result>(kernelName, inputs, attrs);
  const kept: TensorInfo[] = [];
  const result = call<Result>(kernelName, inputs, { ...attrs, kept: kept as unknown as NamedAttrMap });
  const { activeTape } = engine().state;
  const saved = activeTape[activeTape.length - 1].saved as Tensor[];
  saved.push(...save(result).map(alias));
  for (const info of kept) saved.push(engine().keep(engine().makeTensorFromTensorInfo(info) as Tensor));
  return result;
};

/** Leaves what a kernel computed on the way to its gradient, or frees it where none will come. */
export const keepOrFree = (
  { attrs, backend }: Pick<Call, 'attrs' | 'backend'>,
  ...infos: TensorInfo[]
): void => {
  const kept = attrs.kept as unknown as TensorInfo[] | undefined;
  if (kept) kept.push(...infos);
  else for (const { dataId } of infos) backend.disposeData(dataId);
};

/** Registers the gradient of a fused operation, again if need be. */
export const registerFusedGradient = ({ kernelName, gradient }: Fused): void => {
  if (!gradient) return;
  if (getGradient(kernelName)) unregisterGradient(kernelName);
  registerGradient({
    kernelName,
    gradFunc: (dy, saved, attrs) => gradient(Array.isArray(dy) ? dy : [dy], saved, attrs),
  });
};
