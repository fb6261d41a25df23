import { expect, test } from 'vitest';
import { murmuration, temporaryDirectory } from './murmuration';

const directory = temporaryDirectory();

test('tells what acting at random earns', async () => {
  const { status, output } = await murmuration(
    ['evaluate', 'random', '--environment', 'flag/2', '--episodes', '400', '--json'],
    directory,
  );
  expect(status).toBe(0);
  const [evaluation, result, done] = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // Equal choices, half of all, pay 100, and different ones cost 200.
  expect(evaluation.metrics.success).toBeGreaterThan(0.43);
  expect(evaluation.metrics.success).toBeLessThan(0.57);
  expect(result).toMatchObject({ algorithm: 'random', environment: 'flag/2', episodes: 400 });
  expect(result.mean).toBeCloseTo(300 * evaluation.metrics.success - 200, 8);
  expect(done).not.toHaveProperty('output');
});

test('asks for the world', async () => {
  const { status, error } = await murmuration(['evaluate', 'random'], directory);
  expect(status).toBe(2);
  expect(error).toContain('a random team was trained nowhere; give --environment');
});
