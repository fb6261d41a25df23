import type { EnvironmentFactory, EnvironmentSpec } from '../environment';
import type { Scene } from '../scene';
import { differenceOf } from './difference';
import { during, fault } from './fault';
import { createPlayer } from './player';
import { sceneFault } from './scene';

/**
 * The scene, if it can be painted.
 * @throws EnvironmentError that names what is wrong with it.
 */
export const checkedScene = (spec: EnvironmentSpec, draw: () => Scene): Scene => {
  const scene = during(spec.id, 'draw', draw);
  const problem = sceneFault(scene);
  if (problem) throw fault(spec, `what draw returns cannot be painted: ${problem}`);
  return scene;
};

/**
 * A world that can be watched shows every moment, in order, as scenes that can be painted; and watching changes nothing.
 * @throws EnvironmentError that says what is broken.
 */
export const checkDrawing = (factory: EnvironmentFactory, steps: number): void => {
  const watched = createPlayer(factory, [1, 2]);
  const { world, frame } = watched;
  const { spec } = world;
  if (!world.watch) return;
  const alone = createPlayer(factory, [1, 2]);
  let shown: boolean[] = [];
  world.watch(1, (draw, started) => {
    checkedScene(spec, draw);
    shown.push(started);
  });
  const compare = (): void => {
    const moments = watched.steps === 0 ? [true] : frame.started[1] === 1 ? [false, true] : [false];
    if (shown.join() !== moments.join()) {
      const told = `${shown.length} moments (started: ${shown.join(', ')}) instead of ${moments.length} (${moments.join(', ')})`;
      throw fault(
        spec,
        `a spectator is shown ${told} at step ${watched.steps}; show each moment once, in order`,
      );
    }
    shown = [];
    for (const copy of [0, 1]) {
      const difference = differenceOf(spec, [frame, copy], [alone.frame, copy]);
      if (difference)
        throw fault(
          spec,
          `it goes on differently where somebody watches: ${difference}; draw changes nothing`,
        );
    }
  };
  watched.reset(1);
  alone.reset(1);
  compare();
  while (watched.steps < steps) {
    watched.step();
    alone.step();
    compare();
  }
  shown = [];
  world.watch(1, undefined);
  watched.step();
  if (shown.length > 0)
    throw fault(spec, 'a spectator that has left is still shown moments; watch(copy, undefined) ends it');
};
