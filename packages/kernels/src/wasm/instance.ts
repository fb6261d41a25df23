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

/** All of them, the best first. */
export const builds: readonly Build[] = ['relaxed', 'simd'];

/** The build that was asked for, or else the best one, if this runtime can run it. */
export const available = (asked?: Build): Build | undefined => {
  if (asked !== 'simd' && !runs('relaxed')) allowRelaxed();
  return (asked ? [asked] : builds).find(runs);
};

/** Compiles a build; `attach` uses the one compiled last. */
export const compile = async (build: Build): Promise<void> => {
  if (compiled?.build === build) return;
  compiled = { build, module: await WebAssembly.compile(bytes(texts[build])) };
  current = undefined;
};

type Scratch = Instance['scratch'];

/** Grows on demand; an allocation that fails leaves none behind. */
const createScratch = ({ wasm }: WasmBackend): Scratch => {
  let size = 0;
  let allocated = 0;
  return (wanted) => {
    if (wanted > size) {
      if (allocated) wasm._free(allocated);
      size = 0;
      allocated = wasm._malloc(wanted + 64) >>> 0;
      if (!allocated) throw new Error(`@murmuration/kernels: no memory left for ${wanted} bytes of scratch`);
      size = wanted;
    }
    return ((allocated + 63) & ~63) >>> 0;
  };
};

/** One for each backend, whichever build uses it. */
const scratches = new WeakMap<WasmBackend, Scratch>();

const scratchOf = (backend: WasmBackend): Scratch => {
  const scratch = scratches.get(backend) ?? createScratch(backend);
  scratches.set(backend, scratch);
  return scratch;
};

const instantiate = (backend: WasmBackend, module: WebAssembly.Module): Instance => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory: backend.wasm.asm.memory } });
  const kernels = exports as unknown as Exports;
  kernels.prepareConstants();
  kernels.setGrouped(Number(unrollsWell()));
  return { backend, kernels, scratch: scratchOf(backend) };
};

/** The kernels on the memory of `backend`; they follow when tfjs makes a new backend. */
export const attach = (backend: WasmBackend): Instance => {
  if (current?.backend === backend) return current;
  if (!compiled) throw new Error('@murmuration/kernels: await install() before using its kernels');
  current = instantiate(backend, compiled.module);
  return current;
};
