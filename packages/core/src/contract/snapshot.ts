import type { EnvironmentFactory, EnvironmentSpec } from '../environment';
import { MurmurationError } from '../errors';
import { decodeCheckpoint, encodeCheckpoint } from '../files/checkpoint';
import { restoreFrame, saveFrame } from '../frame';
import type { State } from '../state';
import { differenceOf } from './difference';
import { during, fault } from './fault';
import { createPlayer, type Player } from './player';

const bytesOf = (spec: EnvironmentSpec, snapshot: State): Uint8Array => {
  try {
    return encodeCheckpoint(snapshot).tensors;
  } catch (error) {
    if (!(error instanceof MurmurationError)) throw error;
    throw fault(spec, `what save returns cannot be kept in a file: ${error.message}`);
  }
};

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

/** Step both worlds with the same actions, and compare. */
const checkGoesOn = (player: Player, restored: Player, steps: number): void => {
  const { spec } = player.world;
  const from = player.steps;
  restoreFrame(restored.frame, saveFrame(player.frame));
  for (const copy of [0, 1]) restored.streams[copy].restore(player.streams[copy].save());
  for (let step = 1; step <= steps; step++) {
    player.step();
    restored.step();
    const difference =
      differenceOf(spec, [player.frame, 0], [restored.frame, 0]) ??
      differenceOf(spec, [player.frame, 1], [restored.frame, 1]);
    if (!difference) continue;
    const message = `saved after step ${from} and restored, it goes on differently: ${step} steps later, ${difference}`;
    throw fault(spec, `${message}; save everything that the next steps depend on`);
  }
};

/** Save, restore elsewhere from what a file would hold, and compare how both go on. */
const checkSnapshot = (player: Player, restored: Player, steps: number): void => {
  const { world } = player;
  const { spec } = world;
  const snapshot = during(spec.id, 'save', () => world.save());
  const bytes = bytesOf(spec, snapshot);
  const kept = decodeCheckpoint(bytes);
  during(spec.id, 'restore', () => restored.world.restore(kept));
  if (!equal(bytesOf(spec, restored.world.save()), bytes)) {
    const message = `restore after step ${player.steps} takes over only a part of what save returned`;
    throw fault(spec, `${message}; set everything that is saved`);
  }
  checkGoesOn(player, restored, steps);
  if (!equal(bytesOf(spec, snapshot), bytes)) {
    throw fault(spec, 'save returns arrays that the world goes on writing to; return copies');
  }
  if (!equal(bytesOf(spec, kept), bytes)) {
    throw fault(spec, 'restore keeps the arrays that it is given and writes to them; copy from them');
  }
};

/**
 * A world that is saved in mid-episode and restored elsewhere, from a file, goes on to the bit.
 * @throws EnvironmentError that says what is lost, and where.
 */
export const checkSnapshots = (factory: EnvironmentFactory, steps: number): void => {
  const player = createPlayer(factory, [1, 2]);
  const used = createPlayer(factory, [1, 2]);
  player.reset(1);
  // Moments early in an episode and late, in fresh worlds and in one that was played before.
  [0, 1, 1, 2, 5, 11, 17].forEach((pause, index) => {
    for (let step = 0; step < pause; step++) player.step();
    checkSnapshot(player, index % 2 === 0 ? createPlayer(factory, [1, 2]) : used, steps);
  });
};
