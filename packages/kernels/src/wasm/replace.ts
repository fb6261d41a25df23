import {
  getKernel,
  type KernelConfig,
  type KernelFunc,
  type NamedAttrMap,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import type { WasmBackend } from './backend.js';
import { attach, type Instance } from './instance.js';

/** What a kernel of ours is given. */
export interface Call {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: NamedAttrMap;
  readonly instance: Instance;
  readonly backend: WasmBackend;
}

export type Kernel = (call: Call) => TensorInfo | TensorInfo[];

/** A kernel of ours under a name of tfjs; it may hand cases that it does not cover to the one it replaces. */
export type Replacement = (stock: KernelFunc | undefined) => KernelFunc;

/** Stock kernels that ours took the place of. */
const replaced = new Map<string, KernelConfig | undefined>();

/** tfjs' calling convention for a kernel of ours. `undefined` from the kernel means: leave this call to the stock one. */
export const kernel = (run: (call: Call) => TensorInfo | TensorInfo[] | undefined): Replacement => {
  return (stock) => (parameters) => {
    const backend = parameters.backend as WasmBackend;
    const result = run({
      inputs: parameters.inputs as Record<string, TensorInfo>,
      attrs: parameters.attrs ?? {},
      instance: attach(backend),
      backend,
    });
    if (result) return result;
    if (!stock) throw new Error('@murmuration/kernels: no kernel of tfjs covers this call');
    return stock(parameters);
  };
};

/** Registers a kernel for 'wasm' in place of tfjs' own, once. */
export const replace = (kernelName: string, replacement: Replacement): void => {
  if (replaced.has(kernelName)) return;
  const stock = getKernel(kernelName, 'wasm');
  replaced.set(kernelName, stock);
  if (stock) unregisterKernel(kernelName, 'wasm');
  // With its setup kept, the stock kernel stays ready for what ours hands over.
  registerKernel({ ...stock, kernelName, backendName: 'wasm', kernelFunc: replacement(stock?.kernelFunc) });
};

/** Puts tfjs' own kernels back. */
export const restore = (): void => {
  for (const [kernelName, stock] of replaced) {
    unregisterKernel(kernelName, 'wasm');
    if (stock) registerKernel(stock);
  }
  replaced.clear();
};
