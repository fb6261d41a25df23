import { createEnvironment, type Environment, evaluate, type Policy, randomFrom } from '@murmuration/core';
import { grid } from '@murmuration/envs';
import { describe, expect, test } from 'vitest';
import { createRecorder, mostMoments } from './recorder';

const world = () => grid({ agents: 2, size: 3, episodeLimit: 12 });

/** Walks at random, but where it may. */
const walk = (spec: Policy['spec']): Policy => ({
  spec,
  start: (_copies, random) => ({
    act({ availableActions }, actions) {
      for (let row = 0; row < actions.length; row++) {
        do actions[row] = random.integer(5);
        while (availableActions[5 * row + actions[row]] === 0);
      }
    },
    dispose() {},
  }),
});

describe('a recorder', () => {
  test.each([
    [3, 5, 4],
    [1, 3, 3],
    [8, 8, 2],
  ])(
    'of %i copies that play %i episodes keeps %i whole ones, and changes nothing',
    async (copies, episodes, kept) => {
      const play = async (recorded: boolean) => {
        const environment = createEnvironment(world, copies);
        const recorder = createRecorder(environment, kept);
        const played = recorded ? recorder.environment : environment;
        const options = { episodes, random: randomFrom(4) };
        return { ...(await evaluate(walk(played.spec), played, options)), recorder };
      };
      const [alone, { recorder, returns, metrics }] = [await play(false), await play(true)];
      expect({ returns, metrics }).toEqual({ returns: alone.returns, metrics: alone.metrics });
      const recorded = recorder.episodes();
      expect(recorded).toHaveLength(kept);
      for (const episode of recorded) {
        expect(episode.scenes).toHaveLength(episode.steps + 1);
        expect(episode.rewards).toHaveLength(episode.steps + 1);
        expect(episode.scenes.map(({ caption }) => caption.split(':')[0])).toEqual(
          episode.scenes.map((_, step) => `step ${step}`),
        );
        expect(returns).toContain(episode.return);
        expect(episode.rewards.reduce((sum, reward) => sum + reward)).toBeCloseTo(episode.return, 9);
        const there = episode.metrics.reached * 2;
        expect(episode.scenes.at(-1)?.caption).toBe(`step ${episode.steps}: ${there} of 2 at their goals`);
      }
    },
  );

  test('keeps the beginning of what goes on and on, and goes on counting', async () => {
    const long = createEnvironment(() => grid({ agents: 2, size: 3, episodeLimit: mostMoments + 50 }), 1);
    const recorder = createRecorder(long, 1);
    const stay: Policy = { spec: long.spec, start: () => ({ act() {}, dispose() {} }) };
    await evaluate(stay, recorder.environment, { episodes: 1, random: randomFrom(1) });
    const [{ scenes, rewards, steps }] = recorder.episodes();
    expect([scenes.length, rewards.length, steps]).toEqual([mostMoments, mostMoments, mostMoments + 50]);
  });

  test('refuses drawings that cannot be painted, and names the world', async () => {
    const extent = { left: 0, bottom: 0, right: 1, top: 1 };
    const circle = { kind: 'circle', x: Number.NaN, y: 0, radius: 1 } as const;
    const broken = (): Environment => ({
      ...world(),
      draw: () => ({ extent, shapes: [circle], caption: '' }),
    });
    const environment = createEnvironment(broken, 1);
    const { environment: recorded } = createRecorder(environment, 1);
    const played = evaluate(walk(recorded.spec), recorded, { episodes: 1, random: randomFrom(1) });
    await expect(played).rejects.toThrow(
      'grid/2: what draw returns cannot be painted: its shape 0, a circle, has x NaN; give a finite number',
    );
  });
});
