import { module as relaxed } from '../module/relaxed.js';
import { module as simd } from '../module/simd.js';
import type { WasmBackend } from './backend.js';
import type { Exports } from './exports.js';
import { allowRelaxed, unrollsWell } from './runtime.js';

/** The build in use: with fused multiply-add (`relaxed`) where the machine has relaxed SIMD. */
export type Build = 'relaxed' | 'simd';

/** The kernels on the memory of one backend, with scratch memory that grows on demand and is kept. */
export interface Instance {
  readonly backend: WasmBackend;
  readonly kernels: Exports;
  /** The address of at least `bytes` bytes, 64-byte aligned, valid until the next call. */
  scratch(bytes: number): number;
}

const bytes = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const texts: Record<Build, string> = { relaxed, simd };

let compiled: { build: Build; module: WebAssembly.Module } | undefined;
let current: Instance | undefined;

const runs = (build: Build): boolean => WebAssembly.validate(bytes(texts[build]));

/** The builds that this runtime can run, best first. */
export const available = (): Build[] => {
  if (!runs('relaxed')) allowRelaxed();
  return (['relaxed', 'simd'] as const).filter(runs);
};

/** Compiles a build; `attach` uses the one compiled last. */
export const compile = async (build: Build): Promise<void> => {
  if (compiled?.build === build) return;
  compiled = { build, module: await WebAssembly.compile(bytes(texts[build])) };
  current = undefined;
};

const instantiate = (backend: WasmBackend, module: WebAssembly.Module): Instance => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory: backend.wasm.asm.memory } });
  const kernels = exports as unknown as Exports;
  kernels.setGrouped(Number(unrollsWell()));
  let size = 0;
  let allocated = 0;
  return {
    backend,
    kernels,
    scratch: (wanted) => {
      if (wanted > size) {
        if (allocated) backend.wasm._free(allocated);
        size = wanted;
        allocated = backend.wasm._malloc(size + 64) >>> 0;
      }
      return ((allocated + 63) & ~63) >>> 0;
    },
  };
};

/** The kernels on the memory of `backend`; they follow when tfjs makes a new backend. */
export const attach = (backend: WasmBackend): Instance => {
  if (current?.backend === backend) return current;
  if (!compiled) throw new Error('@murmuration/kernels: await install() before using its kernels');
  current = instantiate(backend, compiled.module);
  return current;
};
