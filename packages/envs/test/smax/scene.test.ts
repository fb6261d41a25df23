import { readFileSync } from 'node:fs';
import { createActions, createFrame, randomFrom, type Scene } from '@murmuration/core';
import { expect, test } from 'vitest';
import { holdDiscrete } from '../../src/smax/actions';
import { createMechanics } from '../../src/smax/mechanics';
import { sceneOf } from '../../src/smax/scene';
import { smax } from '../../src/smax/smax';
import { battleAt } from './battles';
import { load, rulesOf, type Trace } from './trace';

test('units, health, shots and the fallen are where they are', () => {
  const { battle } = battleAt('1s1z_vs_2m', [
    [10, 10],
    [4, 4],
    [14, 10],
    [30, 30],
  ]);
  battle.health[0] = 40;
  battle.alive[1] = 0;
  battle.steps[0] = 7;
  holdDiscrete(battle, 0, 5);
  // This marine, of range 5, is too far away from anybody.
  holdDiscrete(battle, 3, 6);
  const { shapes, caption, extent, focus } = sceneOf(battle, 0);
  expect(caption).toBe('step 7: 1 ally, 2 enemies');
  expect(extent).toEqual({ left: -0.5, bottom: -0.5, right: 32.5, top: 32.5 });
  expect(focus).toEqual({ left: 2, bottom: 2, right: 32, top: 34 });
  expect(shapes.slice(1)).toEqual([
    {
      ...{ kind: 'circle', x: 4, y: 4, radius: 0.5, fill: 'blue', label: 'z', labelColour: 'ground' },
      opacity: 0.2,
    },
    { kind: 'line', points: [10, 10, 14, 10], stroke: 'blue', width: 0.12, opacity: 0.6 },
    { kind: 'circle', x: 10, y: 10, radius: 0.625, fill: 'blue', label: 's', labelColour: 'ground' },
    { kind: 'circle', x: 14, y: 10, radius: 0.375, fill: 'orange', label: 'm', labelColour: 'ground' },
    { kind: 'circle', x: 30, y: 30, radius: 0.375, fill: 'orange', label: 'm', labelColour: 'ground' },
    { kind: 'bar', x: 10, y: 10.8125, width: 0.9375, height: 0.125, share: 0.25, fill: 'green' },
    { kind: 'bar', x: 14, y: 10.5625, width: 0.5625, height: 0.125, share: 1, fill: 'green' },
    { kind: 'bar', x: 30, y: 30.5625, width: 0.5625, height: 0.125, share: 1, fill: 'green' },
  ]);
});

test.each([
  [[1, 0], 'victory'],
  [[0, 1], 'defeat'],
  [[0, 0], 'draw'],
])('an end says how it ended: %j', ([own, other], outcome) => {
  const { battle } = battleAt('1m', [
    [10, 10],
    [14, 10],
  ]);
  battle.alive.set([own, other]);
  const { shapes, caption } = sceneOf(battle, 0);
  expect(caption.endsWith(`, ${outcome}`)).toBe(true);
  expect(shapes.at(-1)).toMatchObject({ kind: 'text', text: outcome });
});

test('a spectator sees a whole battle, to its last moment', () => {
  const world = smax({ scenario: '3m', copies: 2, episodeLimit: 12 });
  const frame = createFrame(world.spec, 2);
  const actions = createActions(world.spec, 2);
  const random = randomFrom(1, 'script');
  const seen: [Scene, boolean][] = [];
  world.watch?.(1, (draw, started) => seen.push([draw(), started]));
  world.reset(randomFrom(3), frame);
  do {
    world.scriptedActions(random, actions);
    world.step(actions, frame);
  } while (frame.started[1] === 0);
  const captions = seen.map(([{ caption }]) => caption);
  expect(captions[0]).toBe('step 0: 3 allies, 3 enemies');
  expect(captions.at(-2)).toBe('step 12: 1 ally, 1 enemy, out of time');
  expect(captions.at(-1)).toBe('step 0: 3 allies, 3 enemies');
  expect(seen.map(([, started]) => started)).toEqual([true, ...new Array(12).fill(false), true]);
});

test('a recorded battle of the original is drawn as it was recorded', () => {
  const path = new URL('./fixtures/2s3z_s0_attackFirst.json', import.meta.url);
  const trace = JSON.parse(readFileSync(path, 'utf8')) as Trace;
  const mechanics = createMechanics(rulesOf(trace), 1);
  const end = trace.steps?.at(-1)?.after;
  if (!end) throw new Error('the trace has no steps');
  load(mechanics, end);
  const { shapes, caption } = sceneOf(mechanics.battle, 0);
  const discs = shapes.filter((shape) => shape.kind === 'circle');
  const key = (values: readonly (number | string | undefined)[]): string => values.join();
  const expected = end.pos.map(([x, y], unit) =>
    key([
      ...[Math.fround(x), Math.fround(y), unit < 5 ? 'blue' : 'orange', 'mMsz'[end.types[unit]]],
      end.alive[unit] === 1 ? undefined : 0.2,
    ]),
  );
  const drawn = discs.map(({ x, y, fill, label, opacity }) => key([x, y, fill, label, opacity]));
  expect(drawn.sort()).toEqual(expected.sort());
  expect(shapes.filter(({ kind }) => kind === 'bar')).toHaveLength(
    end.alive.filter((each) => each === 1).length,
  );
  expect(caption).toBe('step 61: 0 allies, 1 enemy, defeat');
});
