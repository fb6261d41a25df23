import { expect, it } from 'vitest';
import { randomFrom } from './random';
import { createReplayBuffer } from './replay';

const fields = { observation: { type: Float32Array, width: 2 }, action: { type: Int32Array, width: 1 } };

const filled = (capacity: number, count: number) => {
  const buffer = createReplayBuffer(capacity, fields);
  for (let value = 0; value < count; value++) {
    const row = buffer.append();
    buffer.columns.observation.set([value, -value], row * 2);
    buffer.columns.action[row] = value;
  }
  return buffer;
};

it('keeps the newest transitions', () => {
  const buffer = filled(3, 5);
  expect(buffer.size).toBe(3);
  expect([...buffer.columns.action].sort()).toEqual([2, 3, 4]);
});

it('samples every transition alike, its fields together', () => {
  const buffer = filled(10, 4);
  const random = randomFrom(1);
  const counts = [0, 0, 0, 0];
  for (let round = 0; round < 1000; round++) {
    const { action, observation } = buffer.sample(random, 8);
    for (let row = 0; row < 8; row++) {
      counts[action[row]]++;
      expect([observation[2 * row], observation[2 * row + 1]]).toEqual([action[row], -action[row]]);
    }
  }
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(160);
});

it('goes on exactly from a saved state', () => {
  const buffer = filled(5, 7);
  const other = createReplayBuffer(5, fields);
  other.restore(buffer.save());
  for (const one of [buffer, other]) {
    const row = one.append();
    one.columns.action[row] = 99;
  }
  const [a, b] = [buffer, other].map((one) => one.sample(randomFrom(2), 50).action);
  expect([...b]).toEqual([...a]);
  expect(other.columns).toEqual(buffer.columns);
});

it('refuses what cannot work', () => {
  expect(() => createReplayBuffer(0, fields)).toThrow(
    'capacity of a replay buffer is 0; give a positive integer',
  );
  expect(() => createReplayBuffer(2, fields).sample(randomFrom(0), 1)).toThrow('the replay buffer is empty');
  expect(() => createReplayBuffer(3, fields).restore(filled(5, 5).save())).toThrow(
    'a replay buffer of 5 transitions does not fit a capacity of 3',
  );
});
