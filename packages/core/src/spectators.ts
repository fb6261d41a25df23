import type { Scene, Spectator } from './scene';

/** Who watches the copies of a world; what its vector form needs to be watched. */
export interface Spectators {
  /** As `VectorEnvironment.watch`. */
  watch(copy: number, spectator: Spectator | undefined): void;
  /** Tell of a moment: after a start, after a step, and after an end before the next start. */
  show(copy: number, started: boolean): void;
}

/**
 * Keep who watches which copy.
 * @param draw a pure function of what a copy is in now; called only where somebody looks.
 */
export const createSpectators = (copies: number, draw: (copy: number) => Scene): Spectators => {
  const watching: (Spectator | undefined)[] = new Array(copies).fill(undefined);
  return {
    watch(copy, spectator) {
      watching[copy] = spectator;
    },
    show(copy, started) {
      watching[copy]?.(() => draw(copy), started);
    },
  };
};
