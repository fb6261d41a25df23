import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builds, digest } from '../../scripts/compile.mjs';
import { checkStandsAlone } from '../../scripts/standsAlone.mjs';
import * as relaxed from './relaxed.js';
import * as simd from './simd.js';

const embedded = { simd, relaxed };

describe.each(builds)('the embedded $name build', ({ name, relaxed: fused }) => {
  const bytes = Buffer.from(embedded[name].module, 'base64');

  it('is made from what assembly/ holds now', async () => {
    expect(embedded[name].source, 'run: node scripts/compile.mjs').toBe(await digest(fused));
  });

  it('stays under 40 KB gzipped', () => {
    expect(gzipSync(bytes).length).toBeLessThan(40_000);
  });

  it('brings no data of its own', () => {
    expect(() => checkStandsAlone(bytes)).not.toThrow();
    const data = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 11, 1, 0]);
    expect(() => checkStandsAlone(data)).toThrow('the build has section 11');
  });
});

describe('the plain build', () => {
  it('imports the memory and nothing else', () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(Buffer.from(simd.module, 'base64')));
    expect(imports).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });
});
