import { engine, getBackend, getKernel } from '@tensorflow/tfjs-core';
import type { WasmBackend } from './backend.js';
import { attach, type Instance } from './instance.js';

/** The kernels on tfjs' present backend, or `undefined` if that is not WASM or `install` has not run. */
export const fast = (): Instance | undefined =>
  getKernel('MurmurationDense', getBackend()) ? attach(engine().backend as WasmBackend) : undefined;
