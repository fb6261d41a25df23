import '@murmuration/kernels/gradients';
import { type Installation, install } from '@murmuration/kernels';
import '@tensorflow/tfjs-backend-wasm';
import { env, findBackendFactory, getBackend, setBackend, ready as tfReady } from '@tensorflow/tfjs-core';
import { ConfigurationError } from '../errors';

let pending: Promise<void> | undefined;
let installation: Installation | undefined;

const start = async (): Promise<void> => {
  // tfjs' own WASM threads do not exist in Node and hang in minified browser builds; we use workers instead.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await setBackend('wasm'))) {
    throw new ConfigurationError(
      '@murmuration/core',
      'the WebAssembly backend of TensorFlow.js did not start; check that this runtime has WebAssembly with SIMD',
    );
  }
  await tfReady();
};

const prepare = async (): Promise<void> => {
  await (getBackend() ? tfReady() : start());
  installation = await install();
};

/**
 * Start the tensor backend: WebAssembly, with gradients registered and the kernels of `@murmuration/kernels` in place.
 * Await it once before the first tensor; further calls cost nothing, and a backend that somebody has chosen before
 * (`webgpu`, `cpu`) is left as it is. `backends` says whether the kernels run.
 * @throws ConfigurationError where WebAssembly does not start.
 */
export const ready = (): Promise<void> => {
  pending ??= prepare();
  return pending;
};

export interface Backends {
  /** Those of TensorFlow.js that are loaded. */
  readonly present: readonly string[];
  readonly used: string;
  /** Whether the kernels of `@murmuration/kernels` run, and which build of them, or why not. */
  readonly kernels: Installation;
}

/** What computes here; await `ready` first. */
export const backends = (): Backends => ({
  present: ['wasm', 'cpu', 'webgl', 'webgpu', 'tensorflow'].filter(
    (name) => findBackendFactory(name) !== null,
  ),
  used: getBackend(),
  kernels: installation ?? { installed: false, reason: 'the backend has not been started' },
});
