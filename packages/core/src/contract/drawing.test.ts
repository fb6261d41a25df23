import { describe, expect, it } from 'vitest';
import { corridor } from '../../test/fixtures/corridor';
import { checkEnvironment } from '../checkEnvironment';
import type { Environment } from '../environment';
import { createActions, createFrame } from '../frame';
import { randomFrom } from '../random';
import type { Scene, Shape } from '../scene';
import { createEnvironment } from '../vectorize';
import { checkDrawing } from './drawing';
import { sceneFault } from './scene';

const extent = { left: 0, bottom: 0, right: 4, top: 1 };
const circle: Shape = { kind: 'circle', x: 1, y: 1, radius: 0.5, fill: 'blue', label: 'a' };
const scene: Scene = { extent, shapes: [circle], caption: 'a walker' };

/** A corridor that draws its walkers. */
const drawn = (draw: (places: ArrayLike<number>) => Scene): Environment => {
  const world = corridor();
  const places = new Float32Array(world.spec.agents.length);
  const look = (): Scene => {
    world.state(places);
    return draw(places);
  };
  return { ...world, draw: look };
};

const withShape = (shape: object): Scene => ({ ...scene, shapes: [shape as Shape] });

describe('sceneFault', () => {
  it('lets every kind of shape pass', () => {
    const shapes: Shape[] = [
      circle,
      { kind: 'line', points: [0, 0, 1, 1, 2, 0], stroke: 'text', width: 0.1, opacity: 0 },
      { kind: 'polygon', points: [0, 0, 1, 1, 2, 0], stroke: 'grey', strokeWidth: 0 },
      { kind: 'bar', x: 0, y: 0, width: 1, height: 0.1, share: 1, fill: 'green' },
      { kind: 'text', x: 0, y: 0, text: '', size: 1, colour: 'quiet', align: 'right' },
    ];
    expect(sceneFault({ ...scene, shapes, focus: extent })).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'is undefined; return a scene'],
    [
      'no extent',
      { ...scene, extent: undefined },
      'its extent is undefined; give left, bottom, right and top',
    ],
    [
      'an extent that is not finite',
      { ...scene, extent: { ...extent, top: Infinity } },
      'its extent has top Infinity; give a finite number',
    ],
    [
      'an empty extent',
      { ...scene, extent: { ...extent, right: 0 } },
      'its extent is {"left":0,"bottom":0,"right":0,"top":1}; left must be below right, and bottom below top',
    ],
    [
      'a focus without a side',
      { ...scene, focus: { ...extent, left: undefined } },
      'its focus has left undefined; give a finite number',
    ],
    ['no caption', { ...scene, caption: 3 }, 'its caption is 3; give a line of text'],
    ['no shapes', { ...scene, shapes: {} }, 'its shapes are {}; give a list'],
    [
      'no shape',
      { ...scene, shapes: [null] },
      'its shape 0 is null; give a circle, line, polygon, bar or text',
    ],
    [
      'an unknown shape',
      withShape({ kind: 'toString' }),
      'its shape 0 is {"kind":"toString"}; give a circle, line, polygon, bar or text',
    ],
    [
      'a radius below 0',
      withShape({ ...circle, radius: -1 }),
      'a circle, has radius -1; give a number of 0 or more',
    ],
    ['a place that is none', withShape({ ...circle, x: Number.NaN }), 'has x NaN; give a finite number'],
    ['a label that is no text', withShape({ ...circle, label: {} }), 'has label {}; give a text'],
    ['an unknown colour', withShape({ ...circle, fill: 'red' }), 'has fill "red"; give one of ground, panel'],
    [
      'half a point',
      withShape({ kind: 'line', points: [1, 2, 3], stroke: 'text', width: 1 }),
      'has points [1,2,3]; give two points or more',
    ],
    [
      'more than all',
      withShape({ kind: 'bar', x: 0, y: 0, width: 1, height: 1, share: 1.1, fill: 'green' }),
      'has share 1.1; give a number from 0 to 1',
    ],
  ])('refuses %s', (_, wrong, message) => {
    expect(sceneFault(wrong as Scene)).toContain(message);
  });
});

describe('a world that draws', () => {
  it('shows a spectator the first, every next and the last moment', () => {
    const world = createEnvironment(() => drawn((places) => ({ ...scene, caption: String(places[0]) })), 2);
    const frame = createFrame(world.spec, 2);
    const actions = createActions(world.spec, 2).fill(1);
    const shown: string[] = [];
    world.watch?.(1, (draw, started) => shown.push(`${started ? 'start ' : ''}${draw().caption}`));
    world.reset(randomFrom(1), frame);
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatch(/^start /);
    do world.step(actions, frame);
    while (frame.started[1] === 0);
    // The moment before the last is that of the end, not of the next start.
    expect(shown.at(-1)).toBe(`start ${frame.state[frame.state.length / 2]}`);
    expect(shown.at(-2)).toBe(String(frame.finalState[frame.finalState.length / 2]));
    const count = shown.length;
    world.watch?.(1, undefined);
    world.step(actions, frame);
    expect(shown).toHaveLength(count);
  });

  it('keeps the contract, and a world without drawings has none to keep', () => {
    checkEnvironment(() => drawn(() => scene));
    expect(createEnvironment(corridor, 1).watch).toBeUndefined();
    checkDrawing(corridor, 10);
  });

  it('is refused where it cannot be painted, throws, or changes something', () => {
    const check = (world: () => Environment) => () => checkDrawing(world, 20);
    expect(check(() => drawn(() => withShape({ ...circle, x: undefined })))).toThrow(
      /what draw returns cannot be painted: its shape 0, a circle, has x undefined; give a finite number$/,
    );
    const broken = (): Scene => {
      throw new TypeError('no crayons');
    };
    expect(check(() => drawn(broken))).toThrow(/draw threw TypeError: no crayons$/);
    const meddling = (): Environment => {
      const world = corridor();
      const draw = (): Scene => {
        world.step(new Float32Array(world.spec.agents.length), randomFrom(1));
        return scene;
      };
      return { ...world, draw };
    };
    expect(check(meddling)).toThrow(
      /it goes on differently where somebody watches: .*; draw changes nothing$/,
    );
    const silent = ({ copies }: { copies: number }) => ({
      ...createEnvironment(() => drawn(() => scene), copies),
      watch: () => {},
    });
    expect(() => checkDrawing(silent, 20)).toThrow(
      /shown 0 moments \(started: \) instead of 1 \(true\) at step 0/,
    );
    expect(() => checkEnvironment(() => ({ ...corridor(), draw: 3 as unknown as () => Scene }))).toThrow(
      /draw is a number; give a function, or leave it out$/,
    );
  });
});
