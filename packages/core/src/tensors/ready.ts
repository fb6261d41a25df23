import '@murmuration/kernels/gradients';
import '@tensorflow/tfjs-backend-wasm';
import { env, findBackendFactory, getBackend, setBackend, ready as tfReady } from '@tensorflow/tfjs-core';
import { ConfigurationError } from '../errors';

let pending: Promise<void> | undefined;

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

/**
 * Start the tensor backend: WebAssembly, with gradients registered. Await it once before the first tensor; further
 * calls cost nothing, and a backend that somebody has chosen before (`webgpu`, `cpu`) is left as it is.
 * @throws ConfigurationError where WebAssembly does not start.
 */
export const ready = (): Promise<void> => {
  pending ??= getBackend() ? tfReady() : start();
  return pending;
};

/** Which of the backends that there are for TensorFlow.js are loaded, and which is in use; await `ready` first. */
export const backends = (): { readonly present: readonly string[]; readonly used: string } => ({
  present: ['wasm', 'cpu', 'webgl', 'webgpu', 'tensorflow'].filter(
    (name) => findBackendFactory(name) !== null,
  ),
  used: getBackend(),
});
