import { expect, test } from 'vitest';
import { digest } from '../../../scripts/compile.mjs';
import { module, source } from './ticks';

test('the embedded module is made from what assembly/ holds now', async () => {
  expect(source, 'run: node scripts/compile.mjs').toBe(await digest());
});

test('it is small, and imports the draws alone', () => {
  const bytes = Buffer.from(module, 'base64');
  expect(bytes.length).toBeLessThan(4096);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  expect(imports).toEqual([{ module: 'env', name: 'draw', kind: 'function' }]);
});
