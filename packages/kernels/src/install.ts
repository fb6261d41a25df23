import { findBackend, getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs-core';
import { gather, segmentSum } from './axes/gather.js';
import { reduce } from './axes/reduce.js';
import { share } from './axes/share.js';
import { tile } from './axes/tile.js';
import { transpose } from './axes/transpose.js';
import { extremum, select } from './elementwise/binary.js';
import { unary } from './elementwise/functions.js';
import { attentionGradient, attentionKernel } from './fused/attention.js';
import { categoricalGradient, categoricalKernel } from './fused/categorical.js';
import { type Fused, type FusedOperation, registerFusedGradient } from './fused/define.js';
import { denseGradient, denseKernel } from './fused/dense.js';
import { geluGradient, geluKernel } from './fused/gelu.js';
import { gruGradient, gruKernel } from './fused/gru.js';
import { layerNormGradient, layerNormKernel } from './fused/layerNorm.js';
import { softmaxGradient, softmaxKernel } from './fused/softmax.js';
import { squaredErrorKernel } from './fused/squaredError.js';
import { batchMatMul } from './products/batchMatMul.js';
import { fusedMatMul } from './products/fusedMatMul.js';
import { batchMatMulGradient } from './products/gradient.js';
import { unreachable, type WasmBackend } from './wasm/backend.js';
import { attach, available, type Build, builds, compile } from './wasm/instance.js';
import { kernel, type Replacement, replace } from './wasm/replace.js';

/** What `install` did: which build runs and which kernels it put in place, or why tfjs stays as it was. */
export type Installation =
  | { readonly installed: true; readonly build: Build; readonly kernels: readonly string[] }
  | { readonly installed: false; readonly reason: string };

/** Kernels of tfjs that ours are faster than, by name. */
const replacements: Readonly<Record<string, Replacement>> = {
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  Identity: share,
  Transpose: transpose,
  Tile: tile,
  Sum: reduce('sum', 'axis'),
  Mean: reduce('mean', 'axis'),
  Max: reduce('max', 'reductionIndices'),
  Min: reduce('min', 'axis'),
  Exp: unary('exp'),
  Log: unary('log'),
  Tanh: unary('tanh'),
  Softplus: unary('softplus'),
  LeakyRelu: unary('leakyRelu', 'alpha'),
  Maximum: extremum('maximum'),
  Minimum: extremum('minimum'),
  Select: select,
  GatherV2: gather,
  UnsortedSegmentSum: segmentSum,
};

/** Operations of our own, which tfjs does not know; the functions of this package run them. */
const operations: readonly FusedOperation[] = [
  ...[denseKernel, layerNormKernel, geluKernel, softmaxKernel, categoricalKernel, squaredErrorKernel],
  ...[gruKernel, attentionKernel],
];

/** What their gradients run. */
const gradients: readonly Fused[] = [
  ...[denseGradient, layerNormGradient, geluGradient, softmaxGradient, categoricalGradient],
  ...[gruGradient, attentionGradient],
];

/**
 * Puts the kernels in the place of tfjs' own on its WASM backend, which has to be ready
 * (`await tf.setBackend('wasm')`). Idempotent. Where the backend's memory cannot be reached (another backend, another
 * version of tfjs, threads), nothing changes and the report says why; the program runs on as before, only slower.
 * @param options.build  force a build; by default the best one that the runtime has
 * @throws on a build that there is not
 */
export const install = async (options: { readonly build?: Build } = {}): Promise<Installation> => {
  if (options.build !== undefined && !builds.includes(options.build)) {
    throw new Error(
      `@murmuration/kernels: install knows the builds ${builds.join(', ')}, found ${options.build}`,
    );
  }
  const backend = findBackend('wasm');
  const reason = unreachable(backend);
  if (reason) return { installed: false, reason };
  const build = available(options.build);
  if (!build) {
    return {
      installed: false,
      reason: `this runtime has no ${options.build === 'relaxed' ? 'relaxed SIMD' : 'WebAssembly SIMD'}`,
    };
  }
  try {
    await compile(build);
    attach(backend as WasmBackend);
  } catch (error) {
    // A backend with threads has shared memory, which this module does not fit.
    return {
      installed: false,
      reason: `the module does not fit the tfjs WASM backend: ${(error as Error).message}`,
    };
  }
  for (const [name, replacement] of Object.entries(replacements)) replace(name, replacement);
  for (const { kernelName, run } of [...operations, ...gradients]) replace(kernelName, kernel(run));
  for (const each of operations) registerFusedGradient(each);
  if (getGradient('BatchMatMul')) unregisterGradient('BatchMatMul');
  registerGradient(batchMatMulGradient);
  return { installed: true, build, kernels: Object.keys(replacements) };
};
