import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { ceiling, install } from './index.js';
import { unreachable } from './wasm/backend.js';
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

  it('measures what the machine can do at most', async () => {
    await tf.setBackend('wasm');
    expect(ceiling).toThrow('@murmuration/kernels: await install() before measuring its ceiling');
    await install();
    // Between a twentieth and a hundred times what one core of today does.
    expect(ceiling()).toBeGreaterThan(1e9);
    expect(ceiling()).toBeLessThan(5e12);
  });
});
