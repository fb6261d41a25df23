import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * The part of tfjs' WASM backend (4.22.0) that the kernels rely on: its heap, where a tensor lies in it, and how it
 * makes an output.
 */
export interface WasmBackend extends KernelBackend {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
}

/** Whether a backend is laid out as the kernels expect; otherwise what is missing. */
export const unreachable = (backend: unknown): string | undefined => {
  const candidate = backend as Partial<WasmBackend> | null | undefined;
  if (!candidate)
    return "the 'wasm' backend of tfjs is not ready: import it and await tf.setBackend('wasm') first";
  if (!(candidate.wasm?.asm?.memory instanceof WebAssembly.Memory))
    return 'the memory of the tfjs WASM backend cannot be reached';
  if (typeof candidate.wasm._malloc !== 'function')
    return 'the allocator of the tfjs WASM backend cannot be reached';
  if (typeof candidate.dataIdMap?.get !== 'function' || typeof candidate.makeOutput !== 'function') {
    return 'the tensors of the tfjs WASM backend cannot be reached';
  }
  return undefined;
};

/** Where a tensor's values lie in the heap, bytes. */
export const address = (backend: WasmBackend, tensor: TensorInfo): number =>
  backend.dataIdMap.get(tensor.dataId).memoryOffset;
