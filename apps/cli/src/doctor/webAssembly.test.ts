import { expect, test } from 'vitest';
import { webAssemblyFeatures } from './webAssembly';

test('every Node that we run on has SIMD and threads, and says whether it has relaxed SIMD', () => {
  // V8 enabled relaxed SIMD in version 11.4.
  const [major, minor] = process.versions.v8.split('.').map(Number);
  const relaxedSimd = major > 11 || (major === 11 && minor >= 4);
  expect(webAssemblyFeatures()).toEqual({ simd: true, relaxedSimd, threads: true });
});
