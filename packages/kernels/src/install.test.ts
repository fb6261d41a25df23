import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { adam, type Build, ceiling, install } from './index.js';
import { unreachable, type WasmBackend } from './wasm/backend.js';
import { attach } from './wasm/instance.js';
import { restore } from './wasm/replace.js';

describe('install', () => {
  afterEach(restore);

  it('says what is missing while the backend is not ready', async () => {
    expect(await install()).toEqual({
      installed: false,
      reason: "the 'wasm' backend of tfjs is not ready: import it and await tf.setBackend('wasm') first",
    });
  });

  it('puts its kernels in place once, and restore takes them out', async () => {
    await tf.setBackend('wasm');
    const stock = tf.getKernel('BatchMatMul', 'wasm')?.kernelFunc;
    const first = await install({ build: 'simd' });
    expect(first).toMatchObject({ installed: true, build: 'simd' });
    const ours = tf.getKernel('BatchMatMul', 'wasm')?.kernelFunc;
    expect(ours).not.toBe(stock);
    expect(await install({ build: 'simd' })).toEqual(first);
    expect(tf.getKernel('BatchMatMul', 'wasm')?.kernelFunc).toBe(ours);
    restore();
    expect(tf.getKernel('BatchMatMul', 'wasm')?.kernelFunc).toBe(stock);
  });

  it('leaves tfjs alone where the memory cannot be reached', () => {
    expect(unreachable({})).toBe('the memory of the tfjs WASM backend cannot be reached');
    const memory = new WebAssembly.Memory({ initial: 1 });
    expect(unreachable({ wasm: { asm: { memory } } })).toBe(
      'the allocator of the tfjs WASM backend cannot be reached',
    );
    const wasm = { asm: { memory }, _malloc: () => 0 };
    expect(unreachable({ wasm })).toBe('the tensors of the tfjs WASM backend cannot be reached');
  });

  it('shares memory between a tensor and its clone, until an optimiser writes into one of them', async () => {
    await tf.setBackend('wasm');
    await install();
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const [mean, square] = [tf.variable(tf.zeros([2])), tf.variable(tf.zeros([2]))];
    const copy = tf.clone(weight);
    const gradient = tf.tensor1d([1, -1]);
    adam(
      { parameters: [weight], gradients: [gradient], means: [mean], squares: [square], step: 1 },
      { learningRate: 0.5 },
    );
    expect([...(await copy.data())]).toEqual([1, 2]);
    expect([...(await weight.data())]).toEqual([0.5, 2.5]);
    tf.dispose([weight, mean, square, copy, gradient]);
  });

  it('leaves a clone alone that was made on another backend', async () => {
    await tf.setBackend('cpu');
    const weight = tf.variable(tf.tensor1d([1, 2]));
    const copy = tf.clone(weight);
    await tf.setBackend('wasm');
    await install();
    const [mean, square] = [tf.variable(tf.zeros([2])), tf.variable(tf.zeros([2]))];
    const gradient = tf.tensor1d([1, -1]);
    adam(
      { parameters: [weight], gradients: [gradient], means: [mean], squares: [square], step: 1 },
      { learningRate: 0.5 },
    );
    expect([...(await copy.data())]).toEqual([1, 2]);
    expect([...(await weight.data())]).toEqual([0.5, 2.5]);
    tf.dispose([weight, mean, square, copy, gradient]);
  });

  it('says so where its scratch memory cannot grow, and works on afterwards', async () => {
    await tf.setBackend('wasm');
    await install();
    const { wasm } = tf.backend() as unknown as { wasm: { _malloc(bytes: number): number } };
    const allocate = wasm._malloc;
    const { scratch } = attach(tf.backend() as unknown as WasmBackend);
    wasm._malloc = () => 0;
    expect(() => scratch(1 << 28)).toThrow(
      '@murmuration/kernels: no memory left for 268435456 bytes of scratch',
    );
    wasm._malloc = allocate;
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const y = tf.matMul(x, x);
    expect([...(await y.data())]).toEqual([7, 10, 15, 22]);
    tf.dispose([x, y]);
  });

  it('keeps its scratch memory when another build takes over', async () => {
    await tf.setBackend('wasm');
    const { wasm } = tf.backend() as unknown as WasmBackend;
    const next = async (build: Build) => {
      await install({ build });
      tf.dispose(tf.tidy(() => tf.matMul(tf.ones([64, 64]), tf.ones([64, 64]))));
      const block = wasm._malloc(1 << 20);
      wasm._free(block);
      return block;
    };
    await next('relaxed');
    const before = await next('simd');
    expect(await next('relaxed')).toBe(before);
    expect(await next('simd')).toBe(before);
  });

  it('refuses a build that there is not', async () => {
    await expect(install({ build: 'fast' as 'simd' })).rejects.toThrow(
      '@murmuration/kernels: install knows the builds relaxed, simd, found fast',
    );
  });

  it('leaves a backend with threads alone, whose memory is shared', async () => {
    const factory = tf.findBackendFactory('wasm');
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
    const nothing = () => undefined;
    const threaded = {
      wasm: { asm: { memory }, _malloc: () => 0, cwrap: nothing },
      dataIdMap: { get: nothing },
      makeOutput: nothing,
      dispose: nothing,
    };
    const stock = tf.getKernel('BatchMatMul', 'wasm')?.kernelFunc;
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', () => threaded as unknown as tf.KernelBackend);
    await tf.setBackend('wasm');
    const report = await install();
    expect(report).toMatchObject({ installed: false });
    expect(!report.installed && report.reason).toMatch(
      /^the module does not fit the tfjs WASM backend: .*shared/,
    );
    expect(tf.getKernel('BatchMatMul', 'wasm')?.kernelFunc).toBe(stock);
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory);
  });

  it('measures what the machine can do at most', async () => {
    await tf.setBackend('wasm');
    expect(ceiling).toThrow('@murmuration/kernels: await install() before measuring its ceiling');
    await install();
    // Between a twentieth and a hundred times what one core of today does.
    expect(ceiling()).toBeGreaterThan(1e9);
    expect(ceiling()).toBeLessThan(5e12);
  });
});
