import { engine, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { address } from '../wasm/backend.js';
import type { Instance } from '../wasm/instance.js';

/**
 * Where a variable's values may be changed in place. A clone, a reshape or a saved copy of the variable shares its
 * memory: then the variable moves to memory of its own first, and the others keep their values.
 */
export const own = (instance: Instance, variable: Variable): number => {
  const { backend } = instance;
  // Moves it here where it was made on another backend, with all who share it.
  address(backend, variable);
  if (backend.refCount(variable.dataId) > 1) {
    tidy(() => {
      const copy = backend.makeOutput(variable.shape, variable.dtype);
      const [from, to] = [address(backend, variable), address(backend, copy)];
      new Uint8Array(backend.wasm.asm.memory.buffer).copyWithin(to, from, from + 4 * variable.size);
      variable.assign(engine().makeTensorFromTensorInfo(copy) as Tensor);
    });
  }
  return address(backend, variable);
};
