import {
  add,
  clone,
  engine,
  getGradient,
  mul,
  type NamedAttrMap,
  registerGradient,
  sum,
  type Tensor,
  type TensorInfo,
  unregisterGradient,
  zeros,
} from '@tensorflow/tfjs-core';
import { fast } from '../wasm/fast.js';
import type { Call } from '../wasm/replace.js';

/** A kernel of ours for WASM. */
export interface Fused {
  readonly kernelName: string;
  readonly run: (call: Call) => TensorInfo | TensorInfo[];
}

/** A fused operation: its kernel, its gradient, and the same in plain operations. */
export interface FusedOperation extends Fused {
  /**
   * From the gradients of the outputs and what `runFused` saved, the gradient of each input; only those that are asked
   * for get run. Saved are all inputs in their order, then the outputs that were asked for, then what the kernel kept.
   */
  readonly gradient: (dys: Tensor[], saved: Tensor[], attrs: NamedAttrMap) => Gradients;
  /** The outputs, from the inputs by name. */
  readonly composed: (inputs: Record<string, Tensor>, attrs: NamedAttrMap) => Tensor[];
}

type Gradients = Record<string, () => Tensor>;

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

/** The same tensor to the tape, on the same data, that lives until the tape is done with it. */
const alias = ({ dataId, shape, dtype, id }: Tensor): Tensor => {
  engine().backend.incRef(dataId);
  const made = engine().keep(engine().makeTensorFromTensorInfo({ dataId, shape, dtype }) as Tensor);
  return Object.assign(made, { id });
};

/**
 * The gradient of the plain operations, itself on the tape: for a gradient that is taken of what ran before, inside a
 * function that will be differentiated. Inputs are cloned, so that no path leads from one of them to another.
 */
const gradientOfComposed = (
  { composed }: FusedOperation,
  inputs: Record<string, Tensor>,
  attrs: NamedAttrMap,
  dys: readonly (Tensor | null)[],
): Gradients => {
  const names = Object.keys(inputs).filter((name) => inputs[name].dtype === 'float32');
  const leaves = names.map((name) => clone(inputs[name]));
  const weighed = (): Tensor => {
    const all = { ...inputs, ...Object.fromEntries(names.map((name, i) => [name, leaves[i]])) };
    const terms = composed(all, attrs).flatMap((y, i) => {
      const dy = dys[i];
      return dy ? [sum(mul(y, dy))] : [];
    });
    return terms.reduce((total, term) => add(total, term));
  };
  const { grads } = engine().gradients(weighed, leaves, undefined, true);
  const gradientOf = (name: string) => grads[names.indexOf(name)] ?? zeros(inputs[name].shape);
  return Object.fromEntries(Object.keys(inputs).map((name) => [name, () => gradientOf(name)]));
};

/**
 * Runs a fused operation and leaves its inputs, some `outputs` and what the kernel kept to its gradient. tfjs' own way
 * clones each through a kernel and two nodes of the tape, which for a small layer costs as much as its arithmetic.
 */
export const runFused = <Result extends Tensor | Tensor[] = Tensor>(
  operation: FusedOperation,
  inputs: Record<string, Tensor>,
  attrs: NamedAttrMap,
  outputs: (result: Result) => Tensor[] = () => [],
): Result => {
  const { kernelName } = operation;
  if (!isTaped()) return call<Result>(kernelName, inputs, attrs);
  const kept: TensorInfo[] = [];
  const result = call<Result>(kernelName, inputs, { ...attrs, kept: kept as unknown as NamedAttrMap });
  const { activeTape } = engine().state;
  const node = activeTape[activeTape.length - 1];
  const saved = node.saved as Tensor[];
  saved.push(...[...Object.values(inputs), ...outputs(result)].map(alias));
  for (const info of kept) saved.push(engine().keep(engine().makeTensorFromTensorInfo(info) as Tensor));
  const { gradient } = node;
  node.gradient = (dys) => {
    if (engine().state.gradientDepth === 0) return (gradient as NonNullable<typeof gradient>)(dys);
    // Not the inputs themselves, which a tidy may have freed meanwhile.
    const alive = Object.fromEntries(Object.keys(inputs).map((name, i) => [name, saved[i]]));
    return gradientOfComposed(operation, alive, attrs, dys);
  };
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
export const registerFusedGradient = ({ kernelName, gradient }: FusedOperation): void => {
  if (getGradient(kernelName)) unregisterGradient(kernelName);
  registerGradient({
    kernelName,
    gradFunc: (dy, saved, attrs) => gradient(Array.isArray(dy) ? dy : [dy], saved, attrs),
  });
};
