import { expect, test, vi } from 'vitest';

vi.mock('@mujoco/mujoco', () => {
  throw new Error('Cannot find package');
});

test('without the engine it says what to install', async () => {
  const { engine, loadMujoco } = await import('./engine');
  expect(engine).toThrow('mujoco: the engine is not loaded; await loadMujoco() first');
  // Asked again it tries again.
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(loadMujoco()).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: 'mujoco: the engine @mujoco/mujoco is not installed; run npm install @mujoco/mujoco',
    });
  }
});
